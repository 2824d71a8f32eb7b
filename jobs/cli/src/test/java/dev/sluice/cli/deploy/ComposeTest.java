// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.Home;
import dev.sluice.flink.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for standalone and for compose, as far as they can be held against the code. */
class ComposeTest {
  private static final Set<String> KEYS_OF_A_SERVICE =
      Set.of(
          "image",
          "command",
          "environment",
          "ports",
          "volumes",
          "depends_on",
          "healthcheck",
          "restart");

  @Test
  void servicesAreWholePinnedOnLoopbackAndHealthy() throws IOException {
    JsonNode compose = DeployFiles.yaml("compose", "compose.yaml");
    JsonNode services = compose.path("services");
    Set<String> named = new TreeSet<>();
    for (Map.Entry<String, JsonNode> service : services.properties()) {
      JsonNode body = service.getValue();
      String name = service.getKey();
      body.fieldNames().forEachRemaining(key -> assertThat(KEYS_OF_A_SERVICE).contains(key));
      assertThat(body.path("image").asText()).as(name).matches("[^:]+:v?[0-9].*");
      body.path("ports")
          .forEach(port -> assertThat(port.asText()).as(name).startsWith("127.0.0.1:"));
      body.path("volumes").forEach(volume -> named.add(volume.asText().split(":")[0]));
      for (Map.Entry<String, JsonNode> needed : body.path("depends_on").properties()) {
        JsonNode other = services.path(needed.getKey());
        assertThat(other.isObject()).as("%s needs %s", name, needed.getKey()).isTrue();
        boolean healthy = needed.getValue().path("condition").asText().equals("service_healthy");
        assertThat(other.has("healthcheck")).as(needed.getKey()).isEqualTo(healthy);
      }
      boolean once = Set.of("topics", "jobs").contains(name);
      assertThat(body.has("healthcheck")).as(name).isNotEqualTo(once);
    }
    Set<String> declared = new TreeSet<>();
    compose.path("volumes").fieldNames().forEachRemaining(declared::add);
    assertThat(named).isEqualTo(declared);
  }

  @Test
  void theJobEngineAndTopicsAreStartedWithWhatTheyTake() throws Exception {
    JsonNode services = DeployFiles.yaml("compose", "compose.yaml").path("services");
    List<String> run = DeployFiles.texts(services.path("jobs").path("command"));
    int jar = run.indexOf("/opt/flink/usrlib/sluice-jobs.jar");
    SluiceConfig config =
        DeployFiles.job(run.get(run.indexOf("--class") + 1), run.subList(jar + 1, run.size()));
    assertThat(config.kafka().bootstrap()).isEqualTo("redpanda:29092");
    assertThat(config.flink().checkpoint().dir()).isEqualTo("file:///data/checkpoints");
    assertThat(config.allCriteria()).isNotEmpty();
    List<String> engine = DeployFiles.texts(services.path("engine").path("command"));
    DeployFiles.engineTakes(engine);
    assertThat(config.roster()).contains(engine.get(engine.indexOf("--engine-id") + 1));
    List<String> topics = DeployFiles.texts(services.path("topics").path("command"));
    int partitions = Integer.parseInt(topics.get(topics.indexOf("--partitions") + 1));
    assertThat(config.flink().parallelism()).isLessThanOrEqualTo(partitions);
    String flink =
        services.path("jobmanager").path("environment").path("FLINK_PROPERTIES").asText();
    Set<String> keys = new TreeSet<>();
    DeployFiles.yamlText(flink).fieldNames().forEachRemaining(keys::add);
    assertThat(keys).contains("jobmanager.rpc.address", "taskmanager.numberOfTaskSlots");
    DeployFiles.flinkKnows(keys);
    assertThat(services.path("taskmanager").path("environment").path("FLINK_PROPERTIES").asText())
        .isEqualTo(flink);
  }

  @Test
  void imagesAreMadeOfTheFlinkTheJobsAreCompiledAgainstAndOfWhatThereIs() throws IOException {
    List<String> lines = Files.readAllLines(DeployFiles.path("Dockerfile"));
    assertThat(lines).contains("FROM flink:" + DeployFiles.FLINK_VERSION + "-java17 AS jobs");
    List<String> built = List.of("jobs/flink/target/sluice-jobs.jar", "jobs/cli/target/lib");
    List<String> ignored = Files.readAllLines(DeployFiles.path("Dockerfile.dockerignore"));
    int copies = 0;
    for (String line : lines) {
      if (line.startsWith("COPY ")) {
        List<String> words = List.of(line.replaceAll("--chown=\\S+ ", "").split(" "));
        for (String source : words.subList(1, words.size() - 1)) {
          copies++;
          assertThat(built.contains(source) || Files.exists(Home.find().resolve(source)))
              .as(source)
              .isTrue();
          assertThat(ignored)
              .as("goes to the builder")
              .anyMatch(rule -> rule.startsWith("!") && source.startsWith(rule.substring(1)));
        }
      }
    }
    assertThat(copies).isEqualTo(8);
    assertThat(Files.readString(Home.find().resolve("jobs/flink/pom.xml")))
        .contains("/sluice-jobs.jar");
  }

  @Test
  void flinkReadsTheStandaloneConfigurationAndKnowsEveryKey() throws IOException {
    Configuration read =
        GlobalConfiguration.loadConfiguration(DeployFiles.path("standalone").toString());
    assertThat(read.keySet()).contains("rest.bind-address", "high-availability.storageDir");
    DeployFiles.flinkKnows(read.keySet());
    assertThat(read.toMap().entrySet())
        .filteredOn(entry -> entry.getKey().endsWith("bind-host"))
        .allMatch(entry -> entry.getValue().equals("localhost"));
    assertThat(read.toMap().get("rest.bind-address")).isEqualTo("localhost");
    assertThat(Files.readString(DeployFiles.path("standalone", "config.yaml")))
        .contains("Flink " + DeployFiles.FLINK_VERSION + " distribution");
  }

  @Test
  void unitsStartWhatThereIs() throws IOException {
    DeployFiles.engineTakes(started("sluice-engine@.service", "/opt/sluice/sluice "));
    List<String> venue = started("sluice-venue.service", "/opt/sluice/sluice ");
    assertThat(venue).startsWith("venue").containsSequence("--host", "127.0.0.1");
    for (String role : List.of("jobmanager", "taskmanager")) {
      assertThat(started("flink-" + role + ".service", "/opt/flink/bin/"))
          .containsExactly(role + ".sh", "start-foreground");
    }
  }

  /** What docker itself says of it, where there is one. */
  @Test
  void composeItselfTakesTheFile(@TempDir java.nio.file.Path directory) throws Exception {
    assumeThat(docker(directory, "compose", "version"))
        .as("SKIPPED: no docker with its compose plugin here, compose.yaml is checked in part only")
        .isZero();
    assertThat(
            docker(
                directory,
                "compose",
                "-f",
                DeployFiles.path("compose", "compose.yaml").toString(),
                "config",
                "--quiet"))
        .isZero();
  }

  private static int docker(java.nio.file.Path directory, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("docker.out").toFile())
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException e) {
      return -1; // there is no docker
    }
  }

  private static List<String> started(String unit, String program) throws IOException {
    String line =
        Files.readAllLines(DeployFiles.path("standalone", unit)).stream()
            .filter(text -> text.startsWith("ExecStart=" + program))
            .findFirst()
            .orElseThrow();
    return List.of(
        line.substring(("ExecStart=" + program).length())
            .replace(" $SLUICE_ENGINE_OPTIONS", "")
            .replace("%i", "mm-1")
            .split(" "));
  }
}
