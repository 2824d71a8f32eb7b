// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a local cluster's Flink and ZooKeeper: everything on loopback, small heaps, a dead
 * process is noticed within seconds, and a JobManager that is started again has its jobs.
 */
final class FlinkConfiguration {
  private static final String LOOPBACK = "127.0.0.1";

  private FlinkConfiguration() {}

  /** The content of {@code config.yaml}, keys in order. */
  static Map<String, String> of(
      ClusterOptions options, ClusterPorts ports, ClusterDirectory directory) {
    Map<String, String> s = new TreeMap<>();
    addresses(s, ports);
    s.put("web.submit.enable", Boolean.toString(options.webSubmit()));
    s.put("web.upload.dir", directory.root().resolve("web").toString());

    s.put("high-availability.type", "zookeeper");
    s.put("high-availability.zookeeper.quorum", LOOPBACK + ":" + ports.zookeeper());
    s.put("high-availability.storageDir", directory.highAvailability().toUri().toString());
    s.put("high-availability.cluster-id", "/sluice");
    s.put("high-availability.zookeeper.client.session-timeout", "10 s");
    s.put("high-availability.zookeeper.client.tolerate-suspended-connections", "true");

    s.put("heartbeat.interval", "1 s");
    s.put("heartbeat.timeout", "10 s");
    s.put("pekko.ask.timeout", "60 s");
    s.put("cluster.registration.error-delay", "1 s");
    s.put("cluster.registration.refused-registration-delay", "1 s");
    s.put("slotmanager.taskmanager-timeout", "1 h");

    s.put("jobmanager.memory.heap.size", "320m");
    s.put("jobmanager.memory.off-heap.size", "96m");
    s.put("jobmanager.memory.jvm-metaspace.size", "192m");
    s.put("jobmanager.memory.jvm-overhead.min", "64m");
    s.put("jobmanager.memory.jvm-overhead.max", "64m");
    s.put("taskmanager.memory.framework.heap.size", "96m");
    s.put("taskmanager.memory.task.heap.size", "512m");
    s.put("taskmanager.memory.managed.size", "0");
    s.put("taskmanager.memory.network.min", "96m");
    s.put("taskmanager.memory.network.max", "96m");
    s.put("taskmanager.memory.jvm-metaspace.size", "256m");
    s.put("taskmanager.memory.jvm-overhead.min", "128m");
    s.put("taskmanager.memory.jvm-overhead.max", "128m");
    s.put("taskmanager.numberOfTaskSlots", Integer.toString(options.slots()));

    s.put("execution.checkpointing.dir", directory.checkpoints().toUri().toString());
    s.put("execution.checkpointing.savepoint-dir", directory.savepoints().toUri().toString());
    s.put("io.tmp.dirs", directory.root().resolve("tmp").toString());
    s.put("parallelism.default", "1");
    s.putAll(options.flink());
    return s;
  }

  private static void addresses(Map<String, String> s, ClusterPorts ports) {
    s.put("rest.address", LOOPBACK);
    s.put("rest.bind-address", LOOPBACK);
    s.put("rest.port", Integer.toString(ports.rest()));
    s.put("rest.bind-port", Integer.toString(ports.rest()));
    s.put("jobmanager.rpc.address", LOOPBACK);
    s.put("jobmanager.rpc.port", Integer.toString(ports.rpc()));
    s.put("jobmanager.bind-host", LOOPBACK);
    s.put("high-availability.jobmanager.port", Integer.toString(ports.rpc()));
    s.put("blob.server.port", Integer.toString(ports.blob()));
    s.put("taskmanager.host", LOOPBACK);
    s.put("taskmanager.bind-host", LOOPBACK);
  }

  /** The content of {@code zoo.cfg}: one server, clients on loopback, sessions of seconds. */
  static String zookeeper(ClusterPorts ports, ClusterDirectory directory) {
    return """
        tickTime=500
        dataDir=%s
        clientPort=%d
        clientPortAddress=%s
        minSessionTimeout=1000
        maxSessionTimeout=60000
        admin.enableServer=false
        """
        .formatted(directory.zookeeper(), ports.zookeeper(), LOOPBACK);
  }
}
