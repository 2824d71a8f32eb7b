// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Nullable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Does each dataset hold what its topic holds? Rows are counted by DuckDB over finished Parquet and
 * compared with what only a run can know: the records on the topics, the engines and the time it
 * had. What the datasets prove by themselves, {@code sluice verify} checks.
 */
final class Completeness {
  private final Datasets datasets;
  private final Seen seen;
  private final ToLongFunction<String> recordsInTopic;
  private final boolean equalBooks;
  private final Map<String, Line> lines = new TreeMap<>();

  /**
   * One dataset.
   *
   * @param expected what somebody else says it must hold, −1 when nobody does
   * @param saidBy who says so
   * @param problem null when they agree
   */
  record Line(Path path, long rows, long expected, String saidBy, @Nullable String problem) {}

  /**
   * What was to be stored.
   *
   * @param decisions distinct records of decisions on their topic
   * @param verdicts on their topic, without progress markers
   * @param startUs event time of the run's start
   * @param endUs event time of its end
   * @param engines all that were to be judged
   */
  record Seen(long decisions, long verdicts, long startUs, long endUs, Set<String> engines) {}

  private Completeness(
      Datasets datasets, Seen seen, ToLongFunction<String> recordsInTopic, boolean equalBooks) {
    this.datasets = datasets;
    this.seen = seen;
    this.recordsInTopic = recordsInTopic;
    this.equalBooks = equalBooks;
  }

  /**
   * Counts.
   *
   * @param seen what was seen on the topics, and between which times
   * @param recordsInTopic offsets, by topic name
   * @param scenario says whether fills are made up or told twice on purpose
   */
  static Map<String, Line> of(
      Path directory,
      Datasets datasets,
      Seen seen,
      ToLongFunction<String> recordsInTopic,
      Scenario scenario) {
    boolean equalBooks =
        scenario.faults().stream().noneMatch(f -> f.kind().layer() == FaultKind.Layer.BOOK);
    Completeness check = new Completeness(datasets, seen, recordsInTopic, equalBooks);
    check.count(directory);
    return check.lines;
  }

  private void count(Path directory) {
    topic(directory, "ticks", "sluice.ticks.v1");
    topic(directory, "orders", "sluice.orders.v1");
    fills(directory);
    topic(directory, "health", "sluice.health.v1");
    buckets(directory);
    topic(directory, "amendments", "sluice.amendments.v1");
    topic(directory, "ledger", "sluice.ledger.v1");
    topic(directory, "dropcopy", "sluice.dropcopy.v1");
    topic(directory, "acks", "sluice.acks.v1");
    topic(directory, "commands", "sluice.commands.v1");
    topic(directory, "findings", "sluice.findings.v1");
    topic(directory, "drift", "sluice.drift.v1");
    topic(directory, "audit", "sluice.audit.v1");
    topic(directory, "audit_log", "sluice.audit-log.v1");
    topic(directory, "trials", "sluice.trials.v1");
    topic(directory, "parity", "sluice.parity.v1");
    topic(directory, "calibration", "sluice.calibration.v1");
    topic(directory, "deadletters", "sluice.deadletters.v1");
    seen(directory, "verdicts", seen.verdicts());
    seen(directory, "decisions", seen.decisions());
  }

  /** As many as on the topic, and as many as the venue reports. */
  private void fills(Path directory) {
    long venue =
        datasets.has("dropcopy")
            ? datasets.number(
                "SELECT count(DISTINCT fill_id) FROM dropcopy WHERE fill_id IS NOT NULL")
            : 0;
    long rows = datasets.rows("fills");
    long published = recordsInTopic.applyAsLong("sluice.fills.v1");
    String problem = null;
    if (rows != published) {
      problem = "the topic holds " + published;
    } else if (equalBooks && rows != venue) {
      problem = "the venue reports " + venue;
    }
    add(
        directory,
        "fills",
        published,
        (equalBooks ? "topic and venue: " : "topic: ") + published,
        problem);
  }

  /** Of each engine, one bucket after another. */
  private void buckets(Path directory) {
    String problem = null;
    long wanted = 0;
    Set<String> silent = new TreeSet<>(seen.engines());
    if (datasets.views().containsKey("buckets")) {
      for (List<Object> engine : datasets.query(bucketsByEngine()).values()) {
        silent.remove((String) engine.get(0));
        long own = number(engine.get(1));
        long there = number(engine.get(2));
        long all = number(engine.get(3));
        long within = number(engine.get(4));
        wanted += own;
        if (there != own || all != own) {
          problem = there + " starts (" + all + " rows) where " + own + " follow each other";
        } else if (within != bucketsDue()) {
          problem =
              within + " starts between the run's start and its end, which has " + bucketsDue();
        }
      }
    }
    if (!silent.isEmpty()) {
      problem = "none of " + String.join(", ", silent);
    }
    add(directory, "buckets", -1, wanted + " without a break, and by symbol", problem);
  }

  private String bucketsByEngine() {
    return """
        SELECT engine_id,
               epoch_us(max(start_us)) // 1000 // min(width_ms)
               - epoch_us(min(start_us)) // 1000 // min(width_ms) + 1,
               count(DISTINCT start_us), count(*),
               count(DISTINCT start_us) FILTER (
                 WHERE epoch_us(start_us) + width_ms * 1000 > {from} AND epoch_us(start_us) < {to})
        FROM buckets WHERE symbol IS NULL AND arm IS NULL GROUP BY engine_id"""
        .replace("{from}", Long.toString(seen.startUs()))
        .replace("{to}", Long.toString(seen.endUs()));
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** Buckets that the time from the run's start to its end touches. */
  private long bucketsDue() {
    long widthUs = datasets.number("SELECT min(width_ms) FROM buckets WHERE symbol IS NULL") * 1000;
    return Math.floorDiv(seen.endUs() - 1, widthUs) - Math.floorDiv(seen.startUs(), widthUs) + 1;
  }

  private void topic(Path directory, String name, String topic) {
    long published = recordsInTopic.applyAsLong(topic);
    long rows = datasets.rows(name);
    add(
        directory,
        name,
        published,
        "topic: " + published,
        rows == published ? null : "the topic holds " + published);
  }

  private void seen(Path directory, String name, long published) {
    long rows = datasets.rows(name);
    add(
        directory,
        name,
        published,
        "seen on the topic: " + published,
        rows == published ? null : published + " were seen on the topic");
  }

  private void add(Path directory, String name, long expected, String saidBy, String problem) {
    lines.put(
        name,
        new Line(
            datasets.views().getOrDefault(name, directory.resolve(name)),
            datasets.rows(name),
            expected,
            saidBy,
            problem));
  }

  /** The disagreements, one line each. */
  static List<String> problems(Map<String, Line> lines) {
    List<String> problems = new ArrayList<>();
    lines.forEach(
        (name, line) -> {
          if (line.problem() != null) {
            problems.add(name + ": " + line.rows() + " rows, but " + line.problem());
          }
        });
    return problems;
  }
}
