// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.Home;
import dev.sluice.cli.cluster.FlinkInstallation;
import dev.sluice.cli.drill.DrillReport;
import dev.sluice.cli.drill.DrillRun;
import dev.sluice.cli.drill.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a real cluster die, sleep and come back. */
class ProcessDrillsTest {
  private static final String LONG =
      "SKIPPED: a long run on a cluster; -Dsluice.drills=all plays it";

  @BeforeAll
  static void theBuildMadeTheJar() {
    assumeTrue(
        FlinkInstallation.expected().complete(),
        "SKIPPED: no sluice-jobs.jar; mvn package makes it before these tests");
  }

  @Test
  @EnabledIfSystemProperty(named = "sluice.drills", matches = "all", disabledReason = LONG)
  void workersBrokerAndEngineMayDieAndTheJobsMayChange(@TempDir Path directory) throws Exception {
    passes(
        directory,
        new KillTaskManager(),
        new BrokerDown(Duration.ofSeconds(4)),
        new KillEngine(),
        new Upgrade());
  }

  @Test
  @EnabledIfSystemProperty(named = "sluice.drills", matches = "all", disabledReason = LONG)
  void theMasterMayDieAndTheBrokerForLonger(@TempDir Path directory) throws Exception {
    passes(
        directory, new KillJobManager(), new KillBroker(), new BrokerDown(Duration.ofSeconds(30)));
  }

  @Test
  @EnabledIfSystemProperty(named = "sluice.drills", matches = "all", disabledReason = LONG)
  void theGateMayDieAndComeBackLate(@TempDir Path directory) throws Exception {
    passes(directory, new KillGate(), new StaleGate());
  }

  @Test
  @EnabledIfSystemProperty(named = "sluice.drills", matches = "all", disabledReason = LONG)
  void theJobsMayGrowAndShrink(@TempDir Path directory) throws Exception {
    passes(directory, new Rescale());
  }

  private static void passes(Path directory, Fault... faults) throws Exception {
    try (DrillRun run = run(directory, faults)) {
      run.play();
      DrillReport report = run.report();
      assertThat(report.pass()).as(report.text()).isTrue();
      assertThat(report.faults()).hasSize(faults.length);
    }
  }

  private static DrillRun run(Path directory, Fault... faults) throws Exception {
    ClusterSite site = new ClusterSite(directory, Home.find().resolve("config/sluice.yaml"));
    return new DrillRun(List.of(faults), "cluster", site, directory, 1, System.out::println);
  }
}
