// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.history;

import dev.sluice.flink.dataset.Dataset;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was archived of one day.
 *
 * @param date of event time, as in the names of directories
 * @param files of every dataset that is read
 */
public record HistoryDay(String date, List<TopicFile> files) {
  private static final Pattern DATE = Pattern.compile("/date=([^/]+)/");

  /**
   * One file.
   *
   * @param topic that its rows came from
   */
  public record TopicFile(String topic, DatasetFile file) {}

  /**
   * The days of an archive, oldest first.
   *
   * @param directory of the datasets
   * @param topics whose events are wanted; those that were not archived are left out
   * @throws IOException when a file is no Parquet file or cannot be reached
   */
  public static List<HistoryDay> of(URI directory, List<String> topics) throws IOException {
    Map<String, List<TopicFile>> byDate = new TreeMap<>();
    for (String topic : topics) {
      Dataset<?> dataset = Datasets.EVENTS_BY_TOPIC.get(topic);
      DatasetReader<?> reader = new DatasetReader<>(dataset.type(), "event_time_us", null);
      for (DatasetFile file : reader.files(directory, dataset.name())) {
        Matcher date = DATE.matcher(file.uri());
        byDate
            .computeIfAbsent(date.find() ? date.group(1) : "", day -> new ArrayList<>())
            .add(new TopicFile(topic, file));
      }
    }
    return byDate.entrySet().stream()
        .map(day -> new HistoryDay(day.getKey(), List.copyOf(day.getValue())))
        .toList();
  }
}
