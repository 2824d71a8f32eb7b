// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.CliException;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.cli.verify.FileHash;
import dev.sluice.rules.release.GateResult;
import dev.sluice.rules.release.Reading;
import dev.sluice.rules.release.ReleaseJudge;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads and judges the gates of a stage. Changes nothing. One thread. */
public final class GateRun {
  private static final long DAY_US = 86_400_000_000L;

  private final Stage stage;
  private final GateSettings settings;
  private final Datasets datasets;
  private final Consumer<String> progress;
  private final SpanViews views;
  private final SqlReadings queries;
  private final StoreChecks store;
  private final long asOfUs;
  private final long untilUs;

  /**
   * Everything that came of a run.
   *
   * @param results in the order of the gates
   * @param evidence of each gate, by its id
   */
  public record Outcome(
      GateRunReport report, List<GateResult> results, Map<String, GateEvidence> evidence) {}

  private GateRun(
      Stage stage, GateSettings settings, Datasets datasets, Consumer<String> progress) {
    this.stage = stage;
    this.settings = settings;
    this.datasets = datasets;
    this.progress = progress;
    this.views = new SpanViews(datasets);
    this.queries = new SqlReadings(datasets);
    this.store = new StoreChecks(datasets, views, progress);
    Long asOf = settings.asOfUs() == null ? newest() : settings.asOfUs();
    this.asOfUs = asOf;
    this.untilUs = settings.untilUs() == null ? asOf : Math.min(settings.untilUs(), asOf);
    GivenTables.create(datasets, settings);
  }

  /**
   * Runs all gates of a stage.
   *
   * @param gates where the stage was read
   * @throws CliException when a query is wrong, or there is no event to tell the time by
   */
  public static Outcome run(
      Stage stage,
      StageYaml gates,
      GateSettings settings,
      Datasets datasets,
      Consumer<String> progress) {
    return new GateRun(stage, settings, datasets, progress).run(gates);
  }

  private long newest() {
    Long newest = views.newestUs();
    if (newest == null) {
      throw CliException.usage(
          "there is neither tick nor heartbeat to tell the time by",
          settings.datasets(),
          "give another directory, or the moment: --as-of 2026-01-05T00:00:00Z");
    }
    return newest + 1;
  }

  private Outcome run(StageYaml gates) {
    Source provenance = settings.provenance() == null ? stage.provenance() : settings.provenance();
    Map<String, GateEvidence> evidence = new LinkedHashMap<>();
    Map<String, Reading> readings = new LinkedHashMap<>();
    stage.entries().forEach(entry -> evidence.put(entry.gate().id(), null));
    for (boolean last : new boolean[] {false, true}) {
      for (Stage.Entry entry : stage.entries()) {
        if (last == (entry.check() == Stage.Check.SECRETS_EVIDENCE)) {
          progress.accept("reading " + entry.gate().id());
          read(entry, evidence, readings);
        }
      }
    }
    List<GateResult> results =
        stage.entries().stream()
            .map(
                entry ->
                    ReleaseJudge.judge(
                        entry.gate(),
                        readings.get(entry.gate().id()),
                        provenance,
                        asOfUs,
                        settings.waivers()))
            .toList();
    return new Outcome(report(gates, provenance, results, evidence), results, evidence);
  }

  private void read(
      Stage.Entry entry, Map<String, GateEvidence> evidence, Map<String, Reading> readings) {
    long windowUs = entry.gate().windowMs() * 1_000;
    long sinceUs = untilUs - windowUs;
    if (settings.sinceUs() != null) {
      sinceUs = Math.max(sinceUs, settings.sinceUs());
    }
    views.span(sinceUs, untilUs);
    entry.mayBeEmpty().forEach(views::mayBeEmpty);
    Rows rows;
    String missing = null;
    if (entry.sql() != null) {
      views.use(true);
      SqlReadings.Result result = queries.read(entry);
      rows = plain(result.rows());
      missing = rows.columns().isEmpty() ? result.reading().note() : null;
    } else {
      rows = check(entry.check(), sinceUs, evidence);
    }
    GateEvidence found =
        new GateEvidence(
            GateEvidence.SCHEMA,
            entry.gate().id(),
            entry.sql(),
            entry.check() == null ? null : entry.check().name(),
            sinceUs,
            untilUs,
            rows.columns(),
            rows.values(),
            missing);
    evidence.put(entry.gate().id(), found);
    readings.put(entry.gate().id(), reading(entry, found));
  }

  /** What evidence says, now or later. */
  static Reading reading(Stage.Entry entry, GateEvidence evidence) {
    return evidence.missing() == null
        ? SqlReadings.reading(entry, evidence.result())
        : Reading.none(evidence.missing());
  }

  private Rows check(Stage.Check check, long sinceUs, Map<String, GateEvidence> evidence) {
    return switch (check) {
      case COVERED_HOURS, MISSING_CORRELATION, COUNT_DELTA -> store.read(check, sinceUs, untilUs);
      case SECRETS_CONFIGURATION -> secrets(List.of(settings.configuration()), Map.of());
      case SECRETS_LOGS -> secrets(settings.logs(), Map.of());
      case SECRETS_EVIDENCE -> secrets(List.of(), evidence);
    };
  }

  private Rows secrets(List<Path> directories, Map<String, GateEvidence> evidence) {
    SecretScan scan = new SecretScan();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        scan.directory(directory);
      }
    }
    evidence.forEach(
        (gate, one) -> {
          if (one != null) {
            scan.text(gate, new String(one.json(), StandardCharsets.UTF_8));
          }
        });
    return StoreChecks.row(
        scan.texts() == 0 ? null : (double) scan.found(),
        scan.texts(),
        asOfUs,
        null,
        scan.note(),
        null);
  }

  /** Numbers as JSON keeps them: whole ones, and finite ones; others are none. */
  private static Rows plain(Rows rows) {
    List<List<Object>> values = new ArrayList<>();
    for (List<Object> row : rows.values()) {
      List<Object> plain = new ArrayList<>();
      row.forEach(value -> plain.add(value instanceof Number number ? plain(number) : value));
      values.add(plain);
    }
    return new Rows(rows.columns(), values);
  }

  private static Number plain(Number number) {
    if (number instanceof BigInteger || number instanceof Long || number instanceof Integer) {
      return number.longValue();
    }
    double value = number.doubleValue();
    return Double.isFinite(value) ? (Number) value : null;
  }

  private GateRunReport report(
      StageYaml gates,
      Source provenance,
      List<GateResult> results,
      Map<String, GateEvidence> evidence) {
    views.span(untilUs - DAY_US, untilUs);
    Map<String, String> files = new TreeMap<>();
    Map<String, String> hashes = new TreeMap<>();
    evidence.forEach((gate, one) -> hashes.put(gate, FileHash.of(one.json())));
    stage.files().forEach(name -> files.put(name, FileHash.of(bytes(gates.file(name)))));
    return new GateRunReport(
        GateRunReport.SCHEMA,
        stage.name(),
        stage.description(),
        ReleaseJudge.go(results),
        asOfUs,
        untilUs,
        settings.sinceUs(),
        provenance,
        provenance.compareTo(stage.provenance()) < 0,
        settings.datasets(),
        settings.createdBy(),
        List.copyOf(
            texts("health", "SELECT DISTINCT build_id, '' FROM span.health ORDER BY 1").keySet()),
        texts(
            "health",
            "SELECT engine_id, string_agg(DISTINCT config_hash, ',' ORDER BY config_hash) FROM span.health GROUP BY 1"),
        criteriaHash(),
        files,
        settings.approvers(),
        settings.waivers(),
        GateLines.of(stage, results, hashes));
  }

  private String criteriaHash() {
    Map<String, String> hashes =
        texts(
            "verdicts",
            "SELECT DISTINCT criterion_id || ' ' || criteria_hash, '' FROM span.verdicts ORDER BY 1");
    return hashes.isEmpty() ? null : Sha256.hex(String.join("\n", hashes.keySet()));
  }

  private Map<String, String> texts(String dataset, String sql) {
    Map<String, String> texts = new TreeMap<>();
    if (datasets.has(dataset)) {
      datasets
          .query(sql)
          .values()
          .forEach(row -> texts.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
    }
    return texts;
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CliException.environment("cannot read the gates", file.toString(), "check the file", e);
    }
  }
}
