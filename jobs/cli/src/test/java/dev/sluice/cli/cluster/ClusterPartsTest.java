// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CliException;
import dev.sluice.cli.process.DetachedProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPartsTest {
  private static final ClusterPorts PORTS = new ClusterPorts(1, 2, 3, 4, 5);

  @Test
  void jobsAreNamedAfterTheirMains() {
    JobNames names =
        JobNames.of(
            List.of(
                "dev/sluice/flink/app/AllJobs.class",
                "dev/sluice/flink/app/StopCriteriaJob.class",
                "dev/sluice/flink/app/JobMain.class",
                "dev/sluice/flink/app/KafkaEdges.class",
                "dev/sluice/flink/app/GateJob$Inner.class",
                "dev/sluice/rules/OtherJob.class"));
    assertThat(names.all())
        .containsExactly(
            Map.entry("all", "dev.sluice.flink.app.AllJobs"),
            Map.entry("stop-criteria", "dev.sluice.flink.app.StopCriteriaJob"));
    assertThat(names.main("all")).contains("dev.sluice.flink.app.AllJobs");
    assertThat(names.main("gate")).isEmpty();
  }

  @Test
  void aJobIsAlsoKnownByItsPlural() {
    JobNames names = JobNames.of(List.of("dev/sluice/flink/app/BucketJob.class"));
    assertThat(names.main("buckets")).isEqualTo(names.main("bucket")).isPresent();
  }

  @Test
  void rolesKeepTheirNames() {
    for (Role role : List.of(Role.BROKER, Role.ZOOKEEPER, Role.JOBMANAGER, Role.taskManager(12))) {
      assertThat(Role.named(role.fileName())).isEqualTo(role);
    }
    assertThat(Role.taskManager(2).resourceId()).isEqualTo("tm-2");
    assertThatThrownBy(() -> Role.taskManager(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everythingListensOnLoopbackAndNobodyMaySubmitUnlessAsked(@TempDir Path directory) {
    Map<String, String> settings = flink(ClusterOptions.in(directory));
    assertThat(settings)
        .containsEntry("web.submit.enable", "false")
        .containsEntry("high-availability.zookeeper.quorum", "127.0.0.1:2");
    for (String key :
        List.of(
            "rest.bind-address",
            "rest.address",
            "jobmanager.bind-host",
            "jobmanager.rpc.address",
            "taskmanager.bind-host",
            "taskmanager.host")) {
      assertThat(settings).containsEntry(key, "127.0.0.1");
    }
    assertThat(FlinkConfiguration.zookeeper(PORTS, new ClusterDirectory(directory)))
        .contains("clientPortAddress=127.0.0.1\n")
        .contains("admin.enableServer=false\n");
    ClusterOptions asked = new ClusterOptions(directory, 1, 1, "", 0, 1, 0, true, false, Map.of());
    assertThat(flink(asked)).containsEntry("web.submit.enable", "true");
  }

  @Test
  void settingsOfTheUserWin(@TempDir Path directory) {
    assertThat(flink(ClusterOptions.in(directory).withFlink("heartbeat.timeout", "30 s")))
        .containsEntry("heartbeat.timeout", "30 s")
        .containsEntry("heartbeat.interval", "1 s");
  }

  @Test
  void memoryIsWorkedOutByFlink(@TempDir Path directory) {
    ClusterOptions options = ClusterOptions.in(directory);
    ProcessLines lines =
        new ProcessLines(
            new FlinkInstallation(directory, directory), options, PORTS, flink(options));
    assertThat(lines.of(Role.taskManager(2)))
        .anyMatch(word -> word.matches("-Xmx\\d+"))
        .anyMatch(word -> word.startsWith("-XX:MaxMetaspaceSize="))
        .anyMatch(word -> word.startsWith("taskmanager.memory.task.heap.size="))
        .contains("taskmanager.resource-id=tm-2");
    assertThat(lines.of(Role.JOBMANAGER)).anyMatch(word -> word.matches("-Xmx\\d+"));
    assertThat(String.join(" ", lines.of(Role.JOBMANAGER)))
        .as("nothing of ours on Flink's class path")
        .doesNotContain(System.getProperty("java.class.path"));
  }

  @Test
  void whatIsWrittenDownIsReadAgain(@TempDir Path root) {
    ClusterOptions options =
        ClusterOptions.in(root).with(2, 3).withPartitions(2).withFlink("a.b", "c: \"d\"");
    ClusterState state =
        new ClusterState(options, PORTS, Map.of())
            .with(Role.BROKER, new DetachedProcess.Id(7, 8))
            .with(Role.BROKER, new DetachedProcess.Id(9, 10));
    ClusterDirectory directory = new ClusterDirectory(root);
    assertThat(directory.state()).isEmpty();
    directory.write(state);
    assertThat(directory.state()).contains(state);
    assertThat(state.processes()).containsOnlyKeys("broker");
  }

  @Test
  void theConfigurationIsOneYamlFileAndNothingElseIsLeftThere(@TempDir Path root) throws Exception {
    ClusterDirectory directory = new ClusterDirectory(root);
    directory.prepare(Map.of("a.b", "c: \"d\""), "tickTime=1\n");
    assertThat(Files.readString(directory.conf().resolve("config.yaml")))
        .contains("a.b: \"c: \\\"d\\\"\"\n");
    try (Stream<Path> files = Files.list(directory.conf())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.yaml", "zoo.cfg", "log4j2.xml");
    }
  }

  @Test
  void whoAttachesToNothingIsTold(@TempDir Path root) {
    assertThatThrownBy(() -> LocalCluster.attach(root))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("no cluster was started here")
        .hasMessageContaining("sluice cluster start");
  }

  @Test
  void theInnermostCauseOfTheClientIsTold() {
    assertThat(
            FlinkClient.cause(
                """
                ------------------------------------------------------------
                 The program finished with the following exception:

                org.apache.flink.client.program.ProgramInvocationException: The main method failed
                \tat a.b.c(D.java:1)
                Caused by: java.lang.RuntimeException: outer
                \tat a.b.c(D.java:1)
                Caused by: dev.sluice.flink.config.ConfigException: x.yaml: no such setting 'rooster'
                \t... 3 more
                """))
        .isEqualTo("dev.sluice.flink.config.ConfigException: x.yaml: no such setting 'rooster'");
    assertThat(FlinkClient.cause("Could not build the program from JAR file.\n"))
        .isEqualTo("Could not build the program from JAR file.");
  }

  private static Map<String, String> flink(ClusterOptions options) {
    return FlinkConfiguration.of(options, PORTS, new ClusterDirectory(options.directory()));
  }
}
