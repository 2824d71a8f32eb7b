// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.completeness.NumberRange;
import dev.sluice.rules.completeness.OffsetCounts;
import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts Kafka's offsets with SQL, whatever the span and the engine: a partition is shared. A topic
 * is one dataset; its partition is in the column {@code _topic_partition}.
 */
final class OffsetQueries {
  private static final int LISTED = 20;

  private final Datasets datasets;
  private final WordTable words;

  OffsetQueries(Datasets datasets) {
    this.datasets = datasets;
    this.words = new WordTable(datasets);
  }

  /** True when the rows of a dataset say their offsets. */
  boolean told(String dataset) {
    return datasets.hasColumn(dataset, "_offset");
  }

  /** One per partition. */
  List<OffsetCounts> count(String topic, String dataset) {
    words.create("_topic_partition", "_offset", dataset);
    boolean compacted =
        Topics.ALL.stream().anyMatch(spec -> spec.compacted() && spec.name().equals(topic));
    List<OffsetCounts> counts = new ArrayList<>();
    for (List<Object> row :
        datasets
            .query(
                """
                SELECT _topic_partition, sum(n), sum(bit_count(present)),
                       min(first_number), max(last_number)
                FROM words GROUP BY 1 ORDER BY 1""")
            .values()) {
      long partition = StreamQueries.number(row.get(0));
      long stored = StreamQueries.number(row.get(2));
      long first = StreamQueries.number(row.get(3));
      long last = StreamQueries.number(row.get(4));
      boolean holes = last - first + 1 > stored;
      List<NumberRange> missing =
          holes ? words.missing("_topic_partition = " + partition, first, last, LISTED) : List.of();
      counts.add(
          new OffsetCounts(
              dataset,
              compacted,
              partition,
              StreamQueries.number(row.get(1)),
              stored,
              first,
              last,
              missing,
              holes ? deadLetters(topic, dataset, partition, first, last) : 0));
    }
    return counts;
  }

  /** Offsets that are not in the dataset but among the dead letters. */
  private long deadLetters(String topic, String dataset, long partition, long first, long last) {
    if (!datasets.has("deadletters")) {
      return 0;
    }
    return datasets.number(
        """
        SELECT count(DISTINCT d."offset") FROM deadletters d
        WHERE d.topic = {topic} AND d."partition" = {partition}
          AND d."offset" BETWEEN {first} AND {last}
          AND NOT EXISTS (SELECT 1 FROM {dataset} r
                          WHERE r._topic_partition = {partition} AND r._offset = d."offset")"""
            .replace("{topic}", Datasets.text(topic))
            .replace("{partition}", Long.toString(partition))
            .replace("{first}", Long.toString(first))
            .replace("{last}", Long.toString(last))
            .replace("{dataset}", dataset));
  }
}
