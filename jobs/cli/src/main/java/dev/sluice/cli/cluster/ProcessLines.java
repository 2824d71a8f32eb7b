// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.cli.process.JavaLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The command line of each process. Memory is worked out by Flink's own rules, as its scripts do
 * (BashJavaUtils).
 */
final class ProcessLines {
  /** As in the {@code config.yaml} of Flink's distribution (env.java.default-opts.all). */
  private static final List<String> OPENS =
      List.of(
          "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
          "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.text=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

  /** Of processes that compute little: their code is not worth more of a compiler's time. */
  private static final String SHORT_START = "-XX:TieredStopAtLevel=1";

  private final FlinkInstallation installation;
  private final ClusterPorts ports;
  private final ClusterDirectory directory;
  private final Map<String, String> flink;

  ProcessLines(
      FlinkInstallation installation,
      ClusterOptions options,
      ClusterPorts ports,
      Map<String, String> flink) {
    this.installation = installation;
    this.ports = ports;
    this.directory = new ClusterDirectory(options.directory());
    this.flink = flink;
  }

  /** The command line of the process with that role. */
  List<String> of(Role role) {
    return switch (role.kind()) {
      case BROKER -> broker();
      case ZOOKEEPER -> zookeeper();
      case JOBMANAGER -> jobManager();
      case TASKMANAGER -> taskManager(role);
    };
  }

  /** The command line of Flink's client; it also needs {@link #clientEnvironment()}. */
  List<String> client(List<String> arguments) {
    List<String> jvm = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", SHORT_START));
    jvm.addAll(OPENS);
    jvm.add("-Dlog.file=" + directory.logs().resolve("client.log"));
    jvm.add("-Dlog4j2.configurationFile=" + directory.logging().toUri());
    return JavaLine.of(
        installation.classPath(), "org.apache.flink.client.cli.CliFrontend", jvm, arguments);
  }

  /** By which Flink's client finds {@code config.yaml}. */
  Map<String, String> clientEnvironment() {
    return Map.of("FLINK_CONF_DIR", directory.conf().toString());
  }

  private List<String> broker() {
    return JavaLine.of(
        System.getProperty("java.class.path"),
        "dev.sluice.cli.Main",
        List.of("-Xmx512m", "-XX:+UseSerialGC"),
        List.of(
            "broker",
            "--port",
            Integer.toString(ports.broker()),
            "--dir",
            directory.broker().toString()));
  }

  private List<String> zookeeper() {
    List<String> jvm = new ArrayList<>(List.of("-Xmx128m", "-XX:+UseSerialGC", SHORT_START));
    jvm.addAll(logging(Role.ZOOKEEPER));
    return JavaLine.of(
        installation.classPath(),
        "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain",
        jvm,
        List.of(directory.zookeeperConfiguration().toString()));
  }

  private List<String> jobManager() {
    Configuration configuration = Configuration.fromMap(flink);
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> jvm =
        words(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration));
    jvm.addAll(List.of("-XX:+UseSerialGC", SHORT_START));
    jvm.addAll(flinkOptions(Role.JOBMANAGER));
    List<String> arguments =
        new ArrayList<>(
            List.of("--configDir", directory.conf().toString(), "--executionMode", "cluster"));
    arguments.addAll(words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
    return JavaLine.of(
        installation.classPath(),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        jvm,
        arguments);
  }

  private List<String> taskManager(Role role) {
    TaskExecutorProcessSpec memory =
        TaskExecutorProcessUtils.processSpecFromConfig(Configuration.fromMap(flink));
    List<String> jvm = words(ProcessMemoryUtils.generateJvmParametersStr(memory));
    jvm.addAll(flinkOptions(role));
    List<String> arguments = new ArrayList<>(List.of("--configDir", directory.conf().toString()));
    arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    arguments.addAll(List.of("-D", "taskmanager.resource-id=" + role.resourceId()));
    return JavaLine.of(
        installation.classPath(),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        jvm,
        arguments);
  }

  private List<String> flinkOptions(Role role) {
    List<String> jvm = new ArrayList<>(OPENS);
    jvm.add("-XX:+ExitOnOutOfMemoryError");
    jvm.addAll(logging(role));
    return jvm;
  }

  private List<String> logging(Role role) {
    return List.of(
        "-Dlog.file=" + directory.log(role),
        "-Dlog4j2.configurationFile=" + directory.logging().toUri());
  }

  /** What Flink writes for its scripts, as arguments. */
  private static List<String> words(String line) {
    return new ArrayList<>(Arrays.stream(line.strip().split("\\s+", -1)).toList());
  }
}
