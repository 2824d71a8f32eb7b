// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.CliException;
import dev.sluice.cli.cluster.ClusterOptions;
import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.Broker;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Judge;
import dev.sluice.cli.drill.JudgeSettings;
import dev.sluice.cli.drill.Site;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.kafka.KafkaCheck;
import java.nio.file.Path;
import java.time.Duration;

/** Broker and judge on a local cluster: one TaskManager, more when a fault asks for them. */
public final class ClusterSite implements Site {
  /** Slots of each TaskManager: the jobs of a judge whose gate is apart fill one. */
  static final int SLOTS = 3;

  private final LocalCluster cluster;
  private final Path config;
  private final Broker broker;
  private ClusterJudge judge;

  /**
   * Starts the cluster.
   *
   * @param directory for everything of it
   * @param config configuration of the jobs
   */
  public ClusterSite(Path directory, Path config) {
    this.config = config;
    this.cluster =
        LocalCluster.start(
            ClusterOptions.in(directory.resolve("cluster"))
                .with(1, SLOTS)
                .withPartitions(0)
                .withFlink("taskmanager.load-balance.mode", "SLOTS"));
    this.broker = new ClusterBroker(cluster);
  }

  /** The site of a fault that needs a cluster. */
  static ClusterSite of(DrillStage stage) {
    return (ClusterSite) stage.site();
  }

  /** Its processes. */
  LocalCluster cluster() {
    return cluster;
  }

  /** The jobs of the run; known once the stage is set. */
  ClusterJudge jobs() {
    return judge;
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public Judge judge(JudgeSettings settings) {
    judge = new ClusterJudge(cluster, settings, config);
    return judge;
  }

  @Override
  public void close() {
    cluster.close();
  }

  /** The broker of the cluster. */
  private record ClusterBroker(LocalCluster cluster) implements Broker {
    private static final Duration SERVES = Duration.ofSeconds(90);

    @Override
    public String bootstrap() {
      return cluster.bootstrap();
    }

    @Override
    public void kill() {
      cluster.kill(Role.BROKER);
    }

    @Override
    public void start() {
      cluster.start(Role.BROKER);
      try {
        KafkaCheck.reachable(KafkaAccess.plain(bootstrap()), SERVES);
      } catch (KafkaCheck.UnreachableException e) {
        throw CliException.environment(
            "the broker does not come back",
            bootstrap(),
            "see " + cluster.directory().log(Role.BROKER),
            e);
      }
    }

    @Override
    public boolean running() {
      return cluster.alive(Role.BROKER);
    }

    @Override
    public void close() {
      cluster.kill(Role.BROKER);
    }
  }
}
