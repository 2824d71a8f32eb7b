// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.cli.CliException;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.kafka.KafkaCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits until the processes of a cluster that were started serve. */
final class Startup {
  private static final Duration LIMIT = Duration.ofSeconds(240);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int CONNECT_MS = 10_000;
  private static final long POLL_MS = 200;

  private final LocalCluster cluster;
  private final Consumer<String> progress;

  Startup(LocalCluster cluster, Consumer<String> progress) {
    this.cluster = cluster;
    this.progress = progress;
  }

  /**
   * Returns when the broker has the topics and the JobManager all TaskManagers.
   *
   * @throws CliException when a process dies or does not come up
   */
  void await() {
    ClusterOptions options = cluster.options();
    if (options.ownBroker()) {
      progress.accept("waiting for the broker at " + cluster.bootstrap());
      await(Role.BROKER, "the broker", this::brokerAnswers);
      if (options.partitions() > 0) {
        try (TopicsAdmin topics = new TopicsAdmin(cluster.bootstrap())) {
          topics.create(options.partitions(), (short) 1);
        }
      }
    } else {
      somebodyListens();
    }
    progress.accept("waiting for the JobManager at " + cluster.rest().address());
    await(Role.JOBMANAGER, "the JobManager", () -> registered() >= 0);
    int wanted = options.taskManagers();
    progress.accept("waiting for " + wanted + " TaskManager" + (wanted == 1 ? "" : "s"));
    await(Role.taskManager(wanted), "all TaskManagers", () -> registered() >= wanted);
  }

  /** At a Kafka that is not ours; who may do what is known when a job talks to it. */
  private void somebodyListens() {
    String first = cluster.bootstrap().split(",", -1)[0].strip();
    int colon = first.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              first.substring(0, Math.max(0, colon)), Integer.parseInt(first.substring(colon + 1))),
          CONNECT_MS);
    } catch (IOException | IllegalArgumentException e) {
      throw CliException.environment(
          "nobody listens at " + first + " (" + e.getMessage() + ")",
          "--bootstrap " + cluster.bootstrap(),
          "write HOST:PORT; is Kafka running there?",
          e);
    }
  }

  private boolean brokerAnswers() {
    try {
      KafkaCheck.reachable(KafkaAccess.plain(cluster.bootstrap()), ANSWER);
      return true;
    } catch (KafkaCheck.UnreachableException e) {
      return false;
    }
  }

  /** TaskManagers the JobManager knows, -1 when it does not answer. */
  private int registered() {
    try {
      return cluster.rest().overview().taskManagers();
    } catch (FlinkRest.UnansweredException e) {
      return -1;
    }
  }

  private void await(Role role, String what, BooleanSupplier there) {
    long untilNanos = System.nanoTime() + LIMIT.toNanos();
    while (!there.getAsBoolean()) {
      boolean died = !cluster.alive(role);
      if (died || System.nanoTime() > untilNanos) {
        throw CliException.environment(
            what + (died ? " died: " : " did not come up: ") + cluster.directory().lastWords(role),
            cluster.directory().log(role).toString(),
            "mend the cause; a port that is taken can be changed",
            null);
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the cluster started", e);
      }
    }
  }
}
