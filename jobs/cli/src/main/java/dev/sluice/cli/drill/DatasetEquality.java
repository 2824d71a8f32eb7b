// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.ExpectedColumns;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.flink.dataset.Dataset;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset of events against its topic, record by record: the partition, the offset, the time of
 * appending and every column. What cannot be read has no row; that it has a dead letter, {@code
 * verify} checks by the offsets.
 */
final class DatasetEquality {
  /** Greatest record that is read, as in {@code buckets.max_record_bytes}. */
  private static final int MAX_RECORD_BYTES = 1_048_576;

  private static final int LISTED = 3;

  private DatasetEquality() {}

  /** One check per topic of events. */
  static List<DrillCheck> of(String bootstrap, Datasets datasets) {
    List<DrillCheck> checks = new ArrayList<>();
    dev.sluice.flink.dataset.Datasets.EVENTS_BY_TOPIC.forEach(
        (topic, dataset) ->
            checks.add(
                compare(
                    dataset.name(),
                    published(bootstrap, topic, dataset),
                    stored(datasets, dataset.name()),
                    datasets.rows(dataset.name()),
                    compacted(topic))));
    return checks;
  }

  private static Map<String, Map<String, Object>> published(
      String bootstrap, String topic, Dataset<?> dataset) {
    Map<String, Map<String, Object>> published = new TreeMap<>();
    try (RecordTail tail = new RecordTail(bootstrap, List.of(topic), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            if (record.value() == null || record.value().length > MAX_RECORD_BYTES) {
              return;
            }
            try {
              Map<String, Object> row =
                  ExpectedColumns.of(Json.read(record.value(), dataset.type()));
              row.put("_topic_partition", Integer.toString(record.partition()));
              row.put("_offset", Long.toString(record.offset()));
              row.put("ingest_time_us", ExpectedColumns.instant(record.timestamp() * 1000));
              published.put(record.partition() + ":" + record.offset(), row);
            } catch (MalformedException e) {
              return; // a dead letter's
            }
          });
    }
    return published;
  }

  private static Map<String, Map<String, Object>> stored(Datasets datasets, String name) {
    Map<String, Map<String, Object>> stored = new TreeMap<>();
    if (!datasets.has(name)) {
      return stored;
    }
    for (Map<String, Object> row : datasets.query("SELECT * FROM " + name).maps()) {
      Map<String, Object> columns = new TreeMap<>();
      row.forEach((column, value) -> columns.put(column, ExpectedColumns.plain("", value)));
      List.of("dataset", "date", "engine").forEach(columns::remove);
      stored.put(columns.get("_topic_partition") + ":" + columns.get("_offset"), columns);
    }
    return stored;
  }

  /**
   * Compares; pure.
   *
   * @param published rows by partition and offset, as the topic has them
   * @param stored the same, as the dataset has them
   * @param rows in the dataset, with any that are there twice
   * @param compacted whether superseded records may be gone from the topic
   */
  static DrillCheck compare(
      String name,
      Map<String, Map<String, Object>> published,
      Map<String, Map<String, Object>> stored,
      long rows,
      boolean compacted) {
    String what = name + " equals its topic";
    List<String> missing =
        published.keySet().stream().filter(key -> !stored.containsKey(key)).toList();
    List<String> added =
        compacted
            ? List.of()
            : stored.keySet().stream().filter(key -> !published.containsKey(key)).toList();
    List<String> other = new ArrayList<>();
    published.forEach(
        (key, row) -> {
          if (stored.containsKey(key) && !stored.get(key).equals(row)) {
            other.add(key);
          }
        });
    List<String> problems = new ArrayList<>();
    add(problems, "are missing", missing);
    add(problems, "are not on the topic", added);
    add(problems, "differ", other);
    if (rows != stored.size()) {
      problems.add((rows - stored.size()) + " rows are there twice");
    }
    return problems.isEmpty()
        ? DrillCheck.pass(what, "%,d rows, each once, column by column", stored.size())
        : new DrillCheck(what, false, String.join("; ", problems));
  }

  private static void add(List<String> problems, String what, List<String> keys) {
    if (!keys.isEmpty()) {
      problems.add(
          keys.size()
              + " rows "
              + what
              + ", such as "
              + keys.subList(0, Math.min(LISTED, keys.size())));
    }
  }

  private static boolean compacted(String topic) {
    return Topics.ALL.stream().anyMatch(spec -> spec.compacted() && spec.name().equals(topic));
  }
}
