// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.ExpectedColumns;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.cli.verify.ManifestCheck;
import dev.sluice.cli.verify.Span;
import dev.sluice.cli.verify.Verification;
import dev.sluice.cli.verify.Verifier;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.flink.app.LatestCheckpoint;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs die five times without a word, and no row of any dataset is other for it. */
class KilledFiveTimesTest {
  private static final int KILLS = 5;
  private static final String SCENARIO =
      """
      name: killed-five-times
      description: eighteen minutes with a stop, the jobs are killed every two minutes
      start: 2026-01-05T00:00:00Z
      duration: 18m
      seed: 5
      engine: mm-1
      ticks_per_second: 1
      symbols: [SIMUSDT]
      faults:
        - {id: breaker, kind: breaker_open, at: 3m, for: 6m,
           expect: [{criterion: breaker-open, action: HALT, due: 5m10s}]}
      commands:
        - {at: 11m, action: RESUME, who: test, why: the venue is back}
      """;

  /** What makes a row of judgements the same row. */
  private static final Map<String, String> IDENTITIES =
      Map.of(
          "buckets", "engine_id, arm, symbol, start_us",
          "verdicts", "verdict_id",
          "findings", "finding_id, status, event_time_us",
          "drift", "engine_id, event_time_us",
          "audit", "audit_id");

  @Test
  void everyDatasetEqualsItsTopicAndNoJudgementIsThereTwice(@TempDir Path directory)
      throws Exception {
    Scenario scenario = Scenario.parse(SCENARIO, "killed-five-times");
    try (Playground play = new Playground(directory, scenario, "gate.lease_ttl=2s")) {
      ChildProcess jobs = play.startJobs();
      ChildProcess engine = play.startEngine();
      Optional<Path> resumedFrom = Optional.empty();
      for (int kill = 1; kill <= KILLS; kill++) {
        long atMs = kill * scenario.durationMs() / (KILLS + 2);
        Optional<Path> before = resumedFrom;
        await("kill " + kill + ", after a checkpoint of this life")
            .atMost(Duration.ofSeconds(180))
            .until(
                () ->
                    play.watermarkMs() > atMs
                        && LatestCheckpoint.find(play.checkpoints()).isPresent()
                        && !LatestCheckpoint.find(play.checkpoints()).equals(before));
        jobs.kill();
        resumedFrom = LatestCheckpoint.find(play.checkpoints());
        jobs = play.startJobs("--resume");
      }
      await("the end of the run")
          .atMost(Duration.ofSeconds(240))
          .until(() -> !engine.alive() && play.watermarkMs() >= scenario.durationMs());
      assertThat(engine.exitCode()).as(play.lastWords()).isZero();
      ChildProcess last = jobs;
      ProcessHandle.of(last.pid()).ifPresent(ProcessHandle::destroy);
      await("the savepoint that makes files of what is complete")
          .atMost(Duration.ofSeconds(90))
          .until(() -> !last.alive());
      try (Datasets datasets = new Datasets(directory.resolve("datasets"))) {
        dev.sluice.flink.dataset.Datasets.EVENTS_BY_TOPIC.forEach(
            (topic, dataset) -> equal(play.bootstrap(), topic, dataset, datasets));
        IDENTITIES.forEach((dataset, identity) -> onceEach(datasets, dataset, identity));
      }
      assertThat(verification(directory).checks())
          .as("verify")
          .filteredOn(check -> !check.ok())
          .extracting(CompletenessCheck::reason)
          .isEmpty();
    }
  }

  private static Verification verification(Path directory) {
    return Verifier.verify(
        directory.resolve("datasets"),
        "here",
        Span.ALL,
        new CompletenessSettings(0, 0, 17 * 60_000),
        ManifestCheck.Result.NONE,
        step -> {});
  }

  /** Record by record: the partition, the offset, the time of appending and every column. */
  private static void equal(String bootstrap, String topic, Dataset<?> dataset, Datasets datasets) {
    Map<String, Map<String, Object>> published = new TreeMap<>();
    try (RecordTail tail = new RecordTail(bootstrap, List.of(topic), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              Map<String, Object> row =
                  ExpectedColumns.of(Json.read(record.value(), dataset.type()));
              row.put("_topic_partition", Integer.toString(record.partition()));
              row.put("_offset", Long.toString(record.offset()));
              row.put("ingest_time_us", ExpectedColumns.instant(record.timestamp() * 1000));
              published.put(record.partition() + ":" + record.offset(), row);
            } catch (MalformedException e) {
              throw new AssertionError(topic, e);
            }
          });
    }
    if (published.isEmpty()) {
      assertThat(datasets.rows(dataset.name())).as(dataset.name()).isZero();
      return;
    }
    Map<String, Map<String, Object>> stored = new TreeMap<>();
    Rows rows = datasets.query("SELECT * FROM " + dataset.name());
    for (Map<String, Object> row : rows.maps()) {
      Map<String, Object> columns = new TreeMap<>();
      row.forEach((name, value) -> columns.put(name, ExpectedColumns.plain("", value)));
      List.of("dataset", "date", "engine").forEach(columns::remove);
      stored.put(columns.get("_topic_partition") + ":" + columns.get("_offset"), columns);
    }
    assertThat(stored).as("rows of %s, each once", dataset.name()).hasSize(rows.values().size());
    if (compacted(topic)) {
      // what was superseded may be gone from the topic, not from the dataset
      assertThat(stored.keySet()).as(dataset.name()).containsAll(published.keySet());
    } else {
      assertThat(stored.keySet()).as(dataset.name()).isEqualTo(published.keySet());
    }
    published.forEach(
        (identity, row) ->
            assertThat(stored.get(identity)).as("%s %s", dataset.name(), identity).isEqualTo(row));
  }

  private static boolean compacted(String topic) {
    return Topics.ALL.stream().anyMatch(spec -> spec.compacted() && spec.name().equals(topic));
  }

  private static void onceEach(Datasets datasets, String dataset, String identity) {
    if (datasets.has(dataset)) {
      assertThat(
              datasets
                  .query(
                      "SELECT "
                          + identity
                          + ", count(*) FROM "
                          + dataset
                          + " GROUP BY ALL HAVING count(*) > 1")
                  .values())
          .as("%s that are there twice", dataset)
          .isEmpty();
    }
    assertThat(datasets.has("buckets")).isTrue();
  }
}
