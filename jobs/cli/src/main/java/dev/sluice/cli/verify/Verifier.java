// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.CompletenessRules;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.rules.completeness.DatasetCounts;
import dev.sluice.rules.completeness.LinkCount;
import dev.sluice.rules.completeness.OffsetCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts what is stored, step by step, and has it judged. One thread. */
public final class Verifier {
  private final Datasets datasets;
  private final Span span;
  private final Consumer<String> progress;

  /**
   * Over open datasets.
   *
   * @param progress told what is being counted
   */
  public Verifier(Datasets datasets, Span span, Consumer<String> progress) {
    this.datasets = datasets;
    this.span = span;
    this.progress = progress;
  }

  /**
   * Opens, counts and judges; a file that cannot be read is a check that failed.
   *
   * @param directory that DuckDB can read
   * @param where for people
   */
  public static Verification verify(
      Path directory,
      String where,
      Span span,
      CompletenessSettings limits,
      ManifestCheck.Result manifests,
      Consumer<String> progress) {
    try (Datasets datasets = new Datasets(directory)) {
      return new Verifier(datasets, span, progress).verify(where, limits, manifests);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return Verification.unreadable(where, span, String.valueOf(e.getMessage()), manifests);
    }
  }

  /**
   * Counts and judges.
   *
   * @param where for people
   * @param manifests what was found when the files were compared with their manifests
   */
  public Verification verify(
      String where, CompletenessSettings limits, ManifestCheck.Result manifests) {
    datasets.execute("SET preserve_insertion_order = false");
    DatasetCounts counts = count();
    List<CompletenessCheck> checks = new ArrayList<>(new CompletenessRules(limits).judge(counts));
    checks.addAll(manifests.checks());
    return new Verification(
        where,
        span,
        checks,
        counts,
        late(),
        rowsBySource(),
        deadLetters(),
        manifests.manifests(),
        manifests.notes());
  }

  private DatasetCounts count() {
    progress.accept("counting the streams");
    var streams = new StreamQueries(datasets, span).count();
    OffsetQueries offsetQueries = new OffsetQueries(datasets);
    List<OffsetCounts> offsets = new ArrayList<>();
    List<String> withoutOffsets = new ArrayList<>();
    for (Map.Entry<String, Dataset<?>> raw :
        dev.sluice.flink.dataset.Datasets.EVENTS_BY_TOPIC.entrySet()) {
      String dataset = raw.getValue().name();
      if (datasets.has(dataset)) {
        progress.accept("counting the offsets of " + dataset);
        if (offsetQueries.told(dataset)) {
          offsets.addAll(offsetQueries.count(raw.getKey(), dataset));
        } else {
          withoutOffsets.add(dataset);
        }
      }
    }
    progress.accept("looking for covered minutes");
    var coverage = new CoverageQueries(datasets, span).count();
    List<LinkCount> links = new ArrayList<>();
    for (Link link : Link.values()) {
      progress.accept("following links: " + link.rule());
      links.add(link.count(datasets, span));
    }
    return new DatasetCounts(streams, offsets, withoutOffsets, coverage, links);
  }

  private Map<String, Long> late() {
    return datasets.has("buckets")
        ? numbers(
            "SELECT engine_id, sum(late) FROM buckets WHERE symbol IS NULL AND arm IS NULL AND "
                + span.engine()
                + " AND "
                + span.within("start_us")
                + " GROUP BY 1")
        : Map.of();
  }

  private Map<String, Map<String, Long>> rowsBySource() {
    Map<String, Map<String, Long>> rows = new TreeMap<>();
    for (String dataset : datasets.views().keySet()) {
      if (datasets.hasColumn(dataset, "source")) {
        rows.put(dataset, numbers("SELECT source, count(*) FROM " + dataset + " GROUP BY 1"));
      }
    }
    return rows;
  }

  private Map<String, Long> deadLetters() {
    return datasets.has("deadletters")
        ? numbers("SELECT topic || ' ' || kind, count(*) FROM deadletters GROUP BY 1")
        : Map.of();
  }

  private Map<String, Long> numbers(String sql) {
    Map<String, Long> numbers = new TreeMap<>();
    datasets
        .query(sql)
        .values()
        .forEach(row -> numbers.put(String.valueOf(row.get(0)), StreamQueries.number(row.get(1))));
    return numbers;
  }
}
