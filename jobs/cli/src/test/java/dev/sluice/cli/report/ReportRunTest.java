// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.cli.report.Report.Level;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reports say of days that are known, and of what is missing. */
class ReportRunTest {
  private static final Instant DAY_1 = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant DAY_2 = Instant.parse("2026-01-06T00:00:00Z");
  private static final String NEVER = "TIMESTAMPTZ '1970-01-01 00:00:00Z'";

  @TempDir static Path bases;
  @TempDir Path dir;

  @BeforeAll
  static void twoDays() {
    new TwoDays(bases.resolve("24"), 24).all();
    new TwoDays(bases.resolve("48"), 48).all();
  }

  @Test
  void aHealthyDayIsHealthyAndEverySectionHasItsParts() {
    TwoDays.copy(bases.resolve("48"), dir, 48);
    Report report = day(dir, DAY_2);
    assertThat(report.steps()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Report.Verdict.HEALTHY);
    for (Report.SectionResult section : report.sections()) {
      assertThat(section.noData()).as(section.id()).isNull();
      assertThat(section.parts())
          .allSatisfy(part -> assertThat(part.noData()).as(part.title()).isNull());
    }
    assertThat(cell(report, "uptime", "Engines", "covered h")).isEqualTo(24.0);
    assertThat((Double) cell(report, "uptime", "Engines", "covered ratio"))
        .isCloseTo(1, within(1e-9));
    assertThat(cell(report, "latency", "Stages", "p95 ms")).isEqualTo(36.0);
    assertThat(cell(report, "cache", "Lookups", "hit rate ratio")).isEqualTo(0.9);
    // 2 bps of capture − 0.5 of markout − 0.5 of fee, on 1 440 buckets of 100 quote each.
    assertThat((Double) cell(report, "edge", "Where it comes from", "net bps"))
        .isCloseTo(1, within(1e-9));
    assertThat((Double) cell(report, "symbols", "Symbols", "net quote"))
        .isCloseTo(14.4, within(1e-9));
    assertThat(cell(report, "edge", "Maker and taker", "fills")).isEqualTo(144L);
    assertThat(cell(report, "resources", "Process", "GC pauses ms")).hasToString("5758");
    assertThat(report.figures()).noneMatch(Report.Change::moved);
    assertThat(report.facts()).isEmpty();
    assertThat(report.before()).isEqualTo("2026-01-05T00:00:00Z to 2026-01-06T00:00:00Z");
  }

  @Test
  void whatTheDatasetsOfATestLookLikeIsWhatTheRecordsAre() {
    try (Datasets datasets = new Datasets(bases.resolve("24"))) {
      for (dev.sluice.flink.dataset.Dataset<?> dataset : dev.sluice.flink.dataset.Datasets.ALL) {
        if (datasets.has(dataset.name())) {
          Set<String> known = new TreeSet<>(columns("", dataset.type()));
          known.addAll(List.of("ingest_time_us", "_offset", "dataset", "date", "engine", "i"));
          assertThat(known).as(dataset.name()).containsAll(datasets.columns(dataset.name()));
        }
      }
    }
  }

  @Test
  void aReportOfADaySeesNothingThatCameToBeKnownLater() {
    Path then = dir.resolve("then");
    String standing =
        TwoDays.verdict("cache-hit", at("23:10"), "BREACH", "TRIPPED", at("22:30"))
            + " UNION ALL BY NAME "
            + TwoDays.verdict("cache-hit", at("23:20"), "BREACH", "TRIPPED", at("22:30"));
    String finding =
        "SELECT 'f1' AS finding_id, 'mm-1' AS engine_id, 'BALANCE' AS kind, '%s' AS status, 'CRITICAL' AS severity, %s AS event_time_us, "
            + at("20:00")
            + " AS first_seen_us, 60000.0 AS age_ms, 'differs' AS reason";
    String override =
        "SELECT 'mm-1' AS engine_id, 900 AS n, %s AS at_us, '%s' AS kind, 'ana' AS who, 'why' AS why, 'OVERRIDE' AS what, 'o1' AS command_id, 'cache-hit' AS criterion_id, "
            + at("12:00")
            + " + INTERVAL 2 DAY AS expires_at_us, 'y' AS hash";
    TwoDays.copy(bases.resolve("24"), then, 24)
        .verdicts(standing)
        .rows("findings", finding.formatted("CONFIRMED", at("20:10")))
        .audited(override.formatted(at("12:00"), "COMMAND_ACCEPTED"));
    Path later = dir.resolve("later");
    TwoDays.copy(bases.resolve("48"), later, 48)
        .verdicts(
            standing
                + " UNION ALL BY NAME "
                + TwoDays.verdict("cache-hit", TwoDays.DAY_2, "PASS", "CLEAR", NEVER))
        // The same bucket again, amended on the next day, and one that only ends then.
        .buckets(
            "SELECT 'mm-1' AS engine_id, NULL AS symbol, "
                + at("03:00")
                + " AS start_us, 60000 AS width_ms, 9999 AS events, 77 AS seq_gaps, "
                + TwoDays.DAY_2
                + " AS amended_at_us UNION ALL BY NAME SELECT 'mm-1' AS engine_id, NULL AS symbol, "
                + at("23:59")
                + " + INTERVAL 30 SECOND AS start_us, 60000 AS width_ms, 9999 AS events, 77 AS seq_gaps")
        .rows(
            "findings",
            finding.formatted("CONFIRMED", at("20:10"))
                + " UNION ALL BY NAME "
                + finding.formatted("HEALED", TwoDays.DAY_2))
        .audited(
            override.formatted(at("12:00"), "COMMAND_ACCEPTED")
                + " UNION ALL BY NAME "
                + override.formatted(TwoDays.DAY_2, "OVERRIDE_EXPIRED"))
        // Of the day by its event time, but it came on the next: a live engine's clock is the
        // world's.
        .rows(
            "ticks",
            "SELECT * FROM read_parquet('"
                + later.resolve("dataset=ticks/all.parquet")
                + "') UNION ALL BY NAME SELECT 'mm-1' AS engine_id, 'r1' AS run_id, 'LIVE' AS source, 9999999 AS seq, 9999999 AS _offset, "
                + at("10:00")
                + " AS event_time_us, "
                + TwoDays.DAY_2
                + " AS ingest_time_us, 9000.0 AS total_ms, 150.0 AS deadline_ms");
    Report back = day(later, DAY_1);
    Report fresh = day(then, DAY_1);
    assertThat(ReportText.json(back)).isEqualTo(ReportText.json(fresh));
    assertThat(ReportText.markdown(back)).isEqualTo(ReportText.markdown(fresh));
    assertThat(ReportPage.of(back)).isEqualTo(ReportPage.of(fresh));
    assertThat(fresh.verdict()).isEqualTo(Report.Verdict.ACTION);
    assertThat(fresh.steps())
        .extracting(Report.Step::section)
        .containsExactlyInAnyOrder("alerts", "reconciliation", "commands");
    assertThat(fresh.before()).contains("nothing to compare with");
    assertThat(ReportText.json(day(later, DAY_2))).isNotEqualTo(ReportText.json(back));
  }

  @Test
  void anEpisodeLastsFromItsTripToTheNextWord() {
    TwoDays.copy(bases.resolve("24"), dir, 24)
        .verdicts(
            TwoDays.verdict("deadline-miss", at("06:00"), "BREACH", "PENDING", at("06:00"))
                + " UNION ALL BY NAME "
                + TwoDays.verdict("deadline-miss", at("06:10"), "BREACH", "TRIPPED", at("06:00"))
                + " UNION ALL BY NAME "
                + TwoDays.verdict("deadline-miss", at("06:20"), "PASS", "RECOVERING", at("06:00"))
                + " UNION ALL BY NAME "
                + TwoDays.verdict("deadline-miss", at("06:35"), "PASS", "CLEAR", NEVER));
    Report report = day(dir, DAY_1);
    assertThat(cell(report, "alerts", "Alerts", "lasted s")).isEqualTo(25.0 * 60);
    assertThat(cell(report, "alerts", "Alerts", "ended")).isEqualTo("2026-01-05 06:35:00");
    assertThat(report.verdict()).isEqualTo(Report.Verdict.ATTENTION);
    assertThat(ReportPage.of(report))
        .contains("BREACH of deadline-miss &lt;b&gt;")
        .doesNotContain("<b>\"");
    assertThat(ReportText.markdown(report)).contains("deadline-miss \\<b\\>");
  }

  @Test
  void silenceAndAStoppedEngineAreToldAsSuch() {
    TwoDays.copy(bases.resolve("24"), dir, 24).health("i < 2000");
    Report report = day(dir, DAY_1);
    assertThat(report.verdict()).isEqualTo(Report.Verdict.ACTION);
    assertThat(report.steps())
        .extracting(Report.Step::what)
        .containsExactly("mm-1 is silent since 2026-01-05 16:39:30");
    List<Object> silent = part(report, "uptime", "Time in each mode").rows().get(1);
    assertThat(silent.get(1)).isEqualTo("silent");
    assertThat((Double) silent.get(2)).isCloseTo(86_400 - 60_000, within(1.0));
  }

  @Test
  void whatIsMissingIsNoDataAndNeverZero() {
    new TwoDays(dir, 24).health("TRUE");
    Report report = day(dir, DAY_1);
    assertThat(report.verdict()).isEqualTo(Report.Verdict.NO_DATA);
    assertThat(report.steps())
        .filteredOn(step -> step.level() == Level.NO_DATA)
        .extracting(Report.Step::section)
        .containsExactlyInAnyOrder("uptime", "alerts", "latency", "completeness");
    assertThat(section(report, "cache").noData()).isEqualTo("there is no dataset ticks");
    assertThat(part(report, "uptime", "Engines").noData()).isEqualTo("there is no dataset buckets");
    assertThat(report.figures())
        .filteredOn(figure -> figure.name().equals("covered"))
        .allMatch(figure -> figure.now() == null);
    assertThat(ReportText.markdown(report)).contains("No data: there is no dataset ticks");
    assertThat(ReportPage.of(report)).contains("<b>No data</b>: there is no dataset ticks");
  }

  @Test
  void aNumberThatIsNoneIsNoData() throws Exception {
    TwoDays.copy(bases.resolve("24"), dir, 24)
        .ticks("CASE WHEN i < 4000 THEN 'NaN'::DOUBLE ELSE NULL END");
    Report report = day(dir, DAY_1);
    assertThat(part(report, "latency", "Stages").rows())
        .extracting(row -> row.get(0))
        .doesNotContain("total")
        .contains("emit");
    assertThat(Json.mapper().readTree(ReportText.json(report)).path("schema").asText())
        .isEqualTo(Report.SCHEMA);
    assertThat(ReportText.json(report)).doesNotContain("NaN");
    assertThat(ReportPage.of(report)).contains("not one point in this span");
  }

  @Test
  void whatMovedAgainstTheDayBeforeIsMarked() {
    TwoDays.copy(bases.resolve("48"), dir, 48)
        .ticks("CASE WHEN i < 4320 THEN 20.0 ELSE 40.0 END")
        .rows(
            "health",
            "SELECT * REPLACE (CASE WHEN seq > 2880 THEN 'build-2' ELSE build_id END AS build_id) FROM read_parquet('"
                + dir.resolve("dataset=health/all.parquet")
                + "')");
    Report report = day(dir, DAY_2);
    assertThat(report.figures())
        .filteredOn(Report.Change::moved)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.name()).isEqualTo("total p95");
              assertThat(change.before()).isEqualTo(20.0);
              assertThat(change.now()).isEqualTo(40.0);
            });
    assertThat(report.facts())
        .containsExactly(new Report.FactChange("build of mm-1", "build-1", "build-2"));
  }

  @Test
  void gatesThatAreShutAreThingsToDealWith() throws Exception {
    TwoDays.copy(bases.resolve("24"), dir.resolve("datasets"), 24);
    Path gates = dir.resolve("gates.json");
    String text =
        """
        {"schema": "gate_run.v1", "stage": "soak", "go": false, "as_of_us": %d, "gates": [
          {"id": "hit-ratio", "outcome": "PASS", "open": true, "value": 0.9, "unit": "ratio", "pass": ">= 0.7", "samples": 9, "reason": "as wanted", "mend": "-"},
          {"id": "liveness", "outcome": "NO_DATA", "open": false, "value": null, "unit": "s", "pass": "<= 300", "samples": 0, "reason": "nothing was measured", "mend": "start it"}]}
        """;
    long untilUs = DAY_2.toEpochMilli() * 1_000;
    Files.writeString(gates, text.formatted(untilUs));
    StringWriter said = new StringWriter();
    assertThat(release(said, gates)).as(said.toString()).isEqualTo(ExitCodes.OK);
    String page = Files.readString(dir.resolve("out/report.md"));
    assertThat(page)
        .contains("Release gates, soak: NO-GO", "liveness is shut: nothing was measured");
    assertThat(page).contains("**ACTION**").contains("| liveness | NO\\_DATA | no data |");

    Files.writeString(gates, text.formatted(untilUs + 1));
    assertThat(release(said, gates)).as("gates of later").isEqualTo(ExitCodes.USAGE);
    Files.writeString(gates, "{}");
    assertThat(release(said, gates)).as("no gates").isEqualTo(ExitCodes.USAGE);
  }

  private int release(StringWriter said, Path gates) {
    return Main.run(
        new PrintWriter(said),
        new PrintWriter(said),
        "report",
        "release",
        "--datasets",
        dir.resolve("datasets").toString(),
        "--until",
        DAY_2.toString(),
        "--gates",
        gates.toString(),
        "--out",
        dir.resolve("out").toString());
  }

  @Test
  void seriesBelowEachOtherComeToStandBeside() {
    Rows rows =
        Series.beside(
            new Rows(
                List.of("time", "series", "value"),
                List.of(
                    Arrays.asList("t1", "b", 1),
                    Arrays.asList("t1", "a", 2),
                    Arrays.asList("t2", null, null),
                    Arrays.asList("t3", "a", 3))));
    assertThat(rows.columns()).containsExactly("time", "a", "b");
    assertThat(rows.values())
        .containsExactly(
            Arrays.asList("t1", 2, 1),
            Arrays.asList("t2", null, null),
            Arrays.asList("t3", 3, null));
  }

  private static String at(String time) {
    return "TIMESTAMPTZ '2026-01-05 " + time + ":00Z'";
  }

  static Report day(Path datasets, Instant day) {
    try (Datasets opened = new Datasets(datasets)) {
      return new ReportRun(opened)
          .of(
              new ReportSpan("daily", day, day.plus(Duration.ofDays(1)), null),
              List.of(),
              line -> {});
    }
  }

  private static Report.SectionResult section(Report report, String id) {
    return report.sections().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static Report.PartResult part(Report report, String id, String title) {
    return section(report, id).parts().stream()
        .filter(part -> part.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static Object cell(Report report, String id, String title, String column) {
    Report.PartResult part = part(report, id, title);
    return part.rows().get(0).get(part.columns().indexOf(column));
  }

  private static Set<String> columns(String prefix, Class<?> type) {
    Set<String> columns = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = prefix + Json.snakeCase(component.getName());
      if (component.getType().isRecord()) {
        columns.addAll(columns(name + "_", component.getType()));
      } else {
        columns.add(name);
      }
    }
    return columns;
  }
}
