// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.cli.baseline.JUnitReport;
import dev.sluice.cli.dataset.Parquet;
import dev.sluice.rules.baseline.BaselineJudge;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice baseline} over four hours of ticks with figures that are known beforehand. */
class BaselineCommandTest {
  private static final String STAGES =
      "stages_spread_ms := 2.0, stages_guards_ms := 1.0, stages_inventory_ms := 1.0,"
          + " stages_queue_aware_ms := 3.0, stages_emit_ms := 4.0";

  @TempDir static Path dir;
  private static Path good;
  private static Path lock;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void lockOnce() throws IOException {
    good = run("good", "r1", STAGES, "1 + i % 100", "mm-1");
    lock = dir.resolve("baseline.lock.json");
    StringWriter said = new StringWriter();
    int exit =
        Main.run(
            new PrintWriter(said),
            new PrintWriter(said),
            "baseline",
            "lock",
            "--datasets",
            good.toString(),
            "--out",
            lock.toString());
    assertThat(exit).as(said.toString()).isEqualTo(ExitCodes.OK);
  }

  @Test
  void aLockHoldsTheFiguresOfTheRun() throws Exception {
    JsonNode locked = Json.mapper().readTree(Files.readString(lock));
    JsonNode fetch = locked.path("latency").path("fetch_md");
    assertThat(fetch.path("p50_ms").asDouble()).isEqualTo(50);
    assertThat(fetch.path("p95_ms").asDouble()).isEqualTo(95);
    assertThat(fetch.path("p99_ms").asDouble()).isEqualTo(99);
    assertThat(locked.path("latency")).hasSize(7);
    assertThat(locked.path("ticks").asLong()).as("one came twice").isEqualTo(14_400);
    assertThat(locked.path("hit_ratio").asDouble()).isEqualTo(0.9);
    assertThat(locked.path("miss_ratio").asDouble()).isEqualTo(0.01);
    // Equity at the ends of the hours is 1 000, 1 010, 1 040; the fourth hour is not over.
    assertThat(locked.path("hours").asLong()).isEqualTo(2);
    assertThat(locked.path("pnl_hourly_mean").asDouble()).isEqualTo(20);
    assertThat(locked.path("pnl_hourly_sigma").asDouble()).isCloseTo(Math.sqrt(200), within(1e-9));
    assertThat(locked.path("hash").asText()).hasSize(64);
    assertThat(locked.path("host").path("cores").asInt()).isPositive();
    assertThat(locked.path("config_hashes").get(0).asText()).isEqualTo("config");
  }

  @Test
  void anotherRunAsGoodPassesAndWritesJUnit() throws Exception {
    Path again = run("again", "r2", STAGES, "1 + i % 100", "mm-1");
    Path junit = dir.resolve("again.xml");
    assertThat(validate(again, "--junit", junit.toString()))
        .as(err + "" + out)
        .isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("As good as the baseline", "fetch_md_p95_ms");
    assertValid(Files.readString(junit));
    assertThat(Files.readString(junit)).contains("failures=\"0\"").doesNotContain("<failure");
    assertThat(validate(good)).as("the run itself").isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("this is the run that was locked");
  }

  @Test
  void aSlowerStageAMissingOneAndTooFewTicksFail() throws Exception {
    Path slow = run("slow", "r3", STAGES, "1.04 * (1 + i % 100)", "mm-1");
    Path junit = dir.resolve("slow.xml");
    assertThat(validate(slow, "--junit", junit.toString(), "--output", "json"))
        .isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(failed()).containsExactly("fetch_md_p95_ms FAIL");
    assertValid(Files.readString(junit));
    assertThat(Files.readString(junit)).contains("failures=\"1\"", "+4.00 %, at most +3 %");

    Path less = run("less", "r4", STAGES.replace("4.0", "NULL::DOUBLE"), "1 + i % 100", "mm-1");
    assertThat(validate(less, "--output", "json")).isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(failed()).containsExactly("emit_p95_ms NO_DATA");

    assertThat(validate(good, "--until", "2026-01-05T01:00:00Z", "--output", "json"))
        .isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(failed()).hasSize(9).allMatch(check -> check.endsWith("NO_DATA"));
  }

  @Test
  void aLockChangedByHandIsRefused() throws Exception {
    Path edited = dir.resolve("edited.json");
    for (String text :
        List.of(
            Files.readString(lock).replace("\"p95_ms\" : 95", "\"p95_ms\" : 195"),
            Files.readString(lock).replaceAll("\"hash\" : \"....", "\"hash\" : \"0000"),
            Files.readString(lock).replaceFirst("\\{", "{\"more\": 1,"),
            "{}",
            "no json")) {
      Files.writeString(edited, text);
      assertThat(
              sluice(
                  "baseline",
                  "validate",
                  "--lock",
                  edited.toString(),
                  "--datasets",
                  good.toString()))
          .as(text)
          .isEqualTo(ExitCodes.NOT_COMPLETE);
      assertThat(out.toString()).contains("Not as good").doesNotContain("fetch_md");
    }
    Files.writeString(edited, Files.readString(lock).replaceAll("\\s+", " "));
    assertThat(
            sluice(
                "baseline", "validate", "--lock", edited.toString(), "--datasets", good.toString()))
        .as("white space is no change")
        .isEqualTo(ExitCodes.OK);
  }

  @Test
  void aStaleLockFails() throws Exception {
    assertThat(validate(good, "--max-age", "0s", "--output", "json"))
        .isEqualTo(ExitCodes.NOT_COMPLETE);
    assertThat(failed()).containsExactly("lock_age FAIL");
  }

  @Test
  void severalEnginesWithoutANameAndNoTicksAreWrongUse() throws Exception {
    Path two = run("two", "r5", STAGES, "1", "mm-' || (i % 2) || '");
    assertThat(sluice("baseline", "lock", "--datasets", two.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--engine", "mm-0", "mm-1");
    assertThat(sluice("baseline", "lock", "--datasets", good.toString(), "--engine", "nobody"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(
            sluice("baseline", "lock", "--datasets", good.toString(), "--min-samples", "99999999"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("too few");
    assertThat(
            sluice("baseline", "validate", "--lock", "nowhere.json", "--datasets", good.toString()))
        .isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void whatXmlHasNoFormForDoesNotBreakTheReport() throws Exception {
    assertValid(JUnitReport.of("a<&\">\u0001b", BaselineJudge.altered("<&\"> \u0000 ]]>")));
  }

  @Test
  void theWorkflowOfTheGuideIsYamlWhoseCommandsExist() throws Exception {
    String guide =
        Files.readString(Home.find().resolve("docs/how-to/validate-performance-in-ci.md"));
    String yaml = guide.substring(guide.indexOf("```yaml\n") + 8, guide.lastIndexOf("\n```"));
    JsonNode steps = new YAMLMapper().readTree(yaml).path("jobs").path("baseline").path("steps");
    List<String> runs =
        StreamSupport.stream(steps.spliterator(), false)
            .map(step -> step.path("run").asText())
            .filter(run -> !run.isEmpty())
            .toList();
    assertThat(runs).hasSize(2).allMatch(run -> run.startsWith("./sluice "));
    for (String run : runs) {
      List<String> words = List.of(run.split(" "));
      Main.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }
    assertThat(steps.get(0).path("uses").asText()).startsWith("actions/checkout@");
    assertThat(steps.get(1).path("uses").asText()).startsWith("actions/setup-java@");
  }

  private int validate(Path datasets, String... more) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                "baseline",
                "validate",
                "--lock",
                lock.toString(),
                "--datasets",
                datasets.toString()));
    all.addAll(List.of(more));
    return sluice(all.toArray(String[]::new));
  }

  private List<String> failed() throws IOException {
    JsonNode checks = Json.mapper().readTree(out.toString()).path("checks");
    return StreamSupport.stream(checks.spliterator(), false)
        .filter(check -> !List.of("PASS", "WARN").contains(check.path("outcome").asText()))
        .map(check -> check.path("id").asText() + " " + check.path("outcome").asText())
        .toList();
  }

  private int sluice(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static void assertValid(String xml) throws Exception {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(BaselineCommandTest.class.getResource("baseline/junit.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
  }

  /** Four hours, a tick a second (one of them twice), a heartbeat a minute. */
  private static Path run(String name, String runId, String stages, String fetchMs, String engine) {
    Path datasets = dir.resolve(name);
    String common =
        "'%s' AS engine_id, '%s' AS run_id, 'SIMULATED' AS source".formatted(engine, runId);
    Parquet.write(
        datasets,
        "ticks",
        """
        SELECT %s, i + 1 AS seq, TIMESTAMPTZ '2026-01-05 00:00:00Z' + i * INTERVAL 1 SECOND AS event_time_us,
          (%s)::DOUBLE AS stages_fetch_md_ms, unnest(struct_pack(%s)),
          50.0 AS total_ms, CASE WHEN i %% 100 = 0 THEN 40.0 ELSE 60.0 END AS deadline_ms, i %% 10 <> 0 AS cache_hit
        FROM (SELECT unnest(range(14400)) AS i UNION ALL SELECT 5)
        """
            .formatted(common, fetchMs, stages));
    Parquet.write(
        datasets,
        "health",
        """
        SELECT %s, 'build' AS build_id, 'config' AS config_hash,
          TIMESTAMPTZ '2026-01-05 00:00:00Z' + i * INTERVAL 1 MINUTE AS event_time_us,
          CASE i // 60 WHEN 0 THEN 1000.0 WHEN 1 THEN 1010.0 WHEN 2 THEN 1040.0 ELSE 9999.0 END AS equity
        FROM (SELECT unnest(range(240)) AS i)
        """
            .formatted(common));
    return datasets;
  }
}
