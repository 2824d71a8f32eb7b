// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.completeness.NumberRange;
import dev.sluice.rules.completeness.StreamCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts numbered streams with SQL. Numbers are gathered 64 to a word, so that a hundred million
 * rows are a table of some million words, and exact all the same.
 */
final class StreamQueries {
  private static final int LISTED = 20;

  private final Datasets datasets;
  private final Span span;
  private final WordTable words;

  /** Who speaks: an engine, and a run of it or of its venue. */
  private record Speaker(String engineId, String runId) implements Comparable<Speaker> {
    @Override
    public int compareTo(Speaker other) {
      int engine = engineId.compareTo(other.engineId);
      return engine != 0 ? engine : runId.compareTo(other.runId);
    }

    String sql() {
      return "engine_id = " + Datasets.text(engineId) + " AND run_id = " + Datasets.text(runId);
    }
  }

  StreamQueries(Datasets datasets, Span span) {
    this.datasets = datasets;
    this.span = span;
    this.words = new WordTable(datasets);
  }

  /** Every stream of every run; those of the engines' own first. */
  List<StreamCounts> count() {
    List<StreamCounts> all = new ArrayList<>();
    Set<Speaker> engines = engines();
    for (NumberedStream stream : NumberedStream.values()) {
      all.addAll(count(stream, stream.mandatory() ? engines : Set.of()));
    }
    return all;
  }

  /** All runs of engines that are heard in the span. */
  private Set<Speaker> engines() {
    Set<Speaker> speakers = new TreeSet<>();
    for (NumberedStream stream : NumberedStream.values()) {
      if (stream.mandatory() && datasets.has(stream.dataset())) {
        datasets
            .query(
                "SELECT DISTINCT engine_id, run_id FROM "
                    + stream.dataset()
                    + " WHERE "
                    + span.engine()
                    + " AND "
                    + span.within("event_time_us"))
            .values()
            .forEach(row -> speakers.add(speaker(row)));
      }
    }
    return speakers;
  }

  private List<StreamCounts> count(NumberedStream stream, Set<Speaker> expected) {
    createSaid(stream);
    if (datasets.has(stream.dataset())) {
      words.create("r.engine_id, r.run_id", "seq", rows(stream));
    } else {
      words.createEmpty("NULL::VARCHAR AS engine_id, NULL::VARCHAR AS run_id");
    }
    Map<Speaker, StreamCounts> counted = new HashMap<>();
    for (List<Object> row : datasets.query(totals()).values()) {
      Speaker speaker = speaker(row);
      counted.put(speaker, counts(stream, speaker, row));
    }
    Set<Speaker> speakers = new TreeSet<>(expected);
    speakers.addAll(counted.keySet());
    List<StreamCounts> counts = new ArrayList<>();
    for (Speaker speaker : speakers) {
      StreamCounts found = counted.getOrDefault(speaker, nothing(stream, speaker));
      if (found.said() != null || found.rows() > 0 || stream.mandatory()) {
        counts.add(withMissing(stream, speaker, found));
      }
    }
    return counts;
  }

  /** Table {@code said}: per run, what was sent before the span and by its end. */
  private void createSaid(NumberedStream stream) {
    boolean own = stream.counter() == null;
    String column = own ? "seq" : stream.counter();
    String select =
        "SELECT NULL::VARCHAR AS engine_id, NULL::VARCHAR AS run_id, 0 AS after_seq, NULL::BIGINT AS said LIMIT 0";
    if (datasets.has(stream.countedIn()) && datasets.hasColumn(stream.countedIn(), column)) {
      String within = "FILTER (" + span.within("event_time_us") + ")";
      select =
          "SELECT engine_id, run_id, coalesce(max(%s) FILTER (%s), %s, 0) AS after_seq, max(%s) %s AS said"
                  .formatted(
                      column,
                      span.before("event_time_us"),
                      joined(stream, column, within),
                      column,
                      within)
              + " FROM %s WHERE %s AND %s GROUP BY ALL HAVING count(*) %s > 0"
                  .formatted(stream.countedIn(), stream.counters(), span.engine(), within);
    }
    datasets.execute("CREATE OR REPLACE TEMP TABLE said AS " + select);
  }

  /** Where a run that began before the span is joined, when nothing earlier is stored. */
  private String joined(NumberedStream stream, String column, String within) {
    if (span.since() == null) {
      return "0";
    } else if (stream.counter() == null) {
      return "min(" + column + ") " + within + " - 1";
    } else if (stream.countedIn().equals("health")) {
      return "CASE WHEN min(started_at_us) < "
          + Span.literal(span.since())
          + " THEN min("
          + column
          + ") "
          + within
          + " END";
    }
    return "min(" + column + ") " + within;
  }

  private String rows(NumberedStream stream) {
    String from = stream.dataset() + " r";
    String where = " WHERE seq >= 1 AND " + stream.rows();
    if (span.engineId() != null) {
      where += " AND r." + span.engine();
    }
    if (span.bounded()) {
      from += " LEFT JOIN said USING (engine_id, run_id)";
      where +=
          " AND CASE WHEN said.said IS NULL THEN "
              + span.within("event_time_us")
              + " ELSE seq > said.after_seq"
              + (span.until() == null ? "" : " AND seq <= said.said")
              + " END";
    }
    return from + where;
  }

  private static String totals() {
    return """
        SELECT coalesce(s.engine_id, w.engine_id), coalesce(s.run_id, w.run_id),
               coalesce(any_value(s.after_seq), 0), any_value(s.said),
               coalesce(sum(w.n), 0), coalesce(sum(bit_count(w.present)), 0),
               coalesce(min(w.first_number), 0), max(w.last_number)
        FROM said s FULL JOIN words w ON s.engine_id = w.engine_id AND s.run_id = w.run_id
        GROUP BY 1, 2""";
  }

  private static StreamCounts counts(NumberedStream stream, Speaker speaker, List<Object> row) {
    long after = number(row.get(2));
    return new StreamCounts(
        speaker.engineId(),
        speaker.runId(),
        stream.streamName(),
        stream.dataset(),
        after,
        row.get(3) == null ? null : number(row.get(3)),
        stream.saidBy(),
        number(row.get(4)),
        number(row.get(5)),
        number(row.get(6)),
        row.get(7) == null ? after : number(row.get(7)),
        List.of());
  }

  private static StreamCounts nothing(NumberedStream stream, Speaker speaker) {
    return new StreamCounts(
        speaker.engineId(),
        speaker.runId(),
        stream.streamName(),
        stream.dataset(),
        0,
        null,
        stream.saidBy(),
        0,
        0,
        0,
        0,
        List.of());
  }

  private StreamCounts withMissing(NumberedStream stream, Speaker speaker, StreamCounts counts) {
    if (counts.countDelta() - counts.missingAtEnd() <= 0) {
      return counts;
    }
    List<NumberRange> missing =
        words.missing(speaker.sql(), counts.afterSeq() + 1, counts.lastSeq(), LISTED);
    Map<Long, Long> times = times(stream, speaker, missing);
    return new StreamCounts(
        counts.engineId(),
        counts.runId(),
        counts.stream(),
        counts.dataset(),
        counts.afterSeq(),
        counts.said(),
        counts.saidBy(),
        counts.rows(),
        counts.stored(),
        counts.firstSeq(),
        counts.lastSeq(),
        missing.stream()
            .map(r -> r.between(times.get(r.first() - 1), times.get(r.last() + 1)))
            .toList());
  }

  /** Event times of the records beside the missing ones, by number. */
  private Map<Long, Long> times(NumberedStream stream, Speaker speaker, List<NumberRange> missing) {
    Set<String> beside = new TreeSet<>();
    for (NumberRange range : missing) {
      beside.add(Long.toString(range.first() - 1));
      beside.add(Long.toString(range.last() + 1));
    }
    Map<Long, Long> times = new HashMap<>();
    datasets
        .query(
            "SELECT seq, epoch_us(min(event_time_us)) FROM %s WHERE %s AND %s AND seq IN (%s) GROUP BY 1"
                .formatted(
                    stream.dataset(), speaker.sql(), stream.rows(), String.join(", ", beside)))
        .values()
        .forEach(row -> times.put(number(row.get(0)), number(row.get(1))));
    return times;
  }

  private static Speaker speaker(List<Object> row) {
    return new Speaker(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
  }

  static long number(Object value) {
    return ((Number) value).longValue();
  }
}
