// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.flink.io.DatasetFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the manifests of a location, one per dataset and day, and writes them beside the data. */
public final class ManifestWriter {
  private static final Pattern DAY = Pattern.compile("dataset=([^/]+)/date=([^/]+)/(.+)");

  /** By which a row is filed: the first that a dataset has. */
  private static final List<String> TIMES =
      List.of("event_time_us", "start_us", "issued_at_us", "ingest_time_us");

  private static final String ROWS = "manifest_rows";

  private final DatasetLocation location;
  private final String createdBy;
  private final Consumer<String> progress;

  /**
   * A manifest that has been written.
   *
   * @param path relative to the location
   */
  public record Written(String path, Manifest manifest) {}

  /** One day of a dataset: directory and the files in it. */
  private record Day(String dataset, String date) implements Comparable<Day> {
    String directory() {
      return "dataset=" + dataset + "/date=" + date;
    }

    @Override
    public int compareTo(Day other) {
      return directory().compareTo(other.directory());
    }
  }

  /**
   * For one location.
   *
   * @param createdBy version of Sluice
   */
  public ManifestWriter(DatasetLocation location, String createdBy, Consumer<String> progress) {
    this.location = location;
    this.createdBy = createdBy;
    this.progress = progress;
  }

  /**
   * Writes them, by path.
   *
   * @param dataset null for all
   * @param date null for all
   */
  public List<Written> write(String dataset, String date) throws IOException {
    Map<Day, List<DatasetFiles.Found>> days = new TreeMap<>();
    for (DatasetFiles.Found file : location.finished(f -> DAY.matcher(f.path()).matches())) {
      Matcher day = DAY.matcher(file.path());
      if (day.matches()
          && (dataset == null || dataset.equals(day.group(1)))
          && (date == null || date.equals(day.group(2)))) {
        days.computeIfAbsent(new Day(day.group(1), day.group(2)), d -> new ArrayList<>()).add(file);
      }
    }
    Path local = location.local(days.values().stream().flatMap(List::stream).toList(), progress);
    List<Written> written = new ArrayList<>();
    try (Datasets datasets = new Datasets(local)) {
      for (Map.Entry<Day, List<DatasetFiles.Found>> day : days.entrySet()) {
        String path = day.getKey().directory() + "/" + Manifest.NAME;
        progress.accept("reading " + day.getKey().directory());
        Manifest manifest = manifest(datasets, local, day.getKey(), day.getValue());
        location.files().write(path, manifest.json());
        written.add(new Written(path, manifest));
      }
    }
    return written;
  }

  private Manifest manifest(Datasets datasets, Path local, Day day, List<DatasetFiles.Found> files)
      throws IOException {
    Map<String, String> paths = new HashMap<>();
    for (DatasetFiles.Found file : files) {
      paths.put(
          local.toAbsolutePath() + "/" + file.path(),
          file.path().substring(day.directory().length() + 1));
    }
    String list =
        paths.keySet().stream().sorted().map(Datasets::text).collect(Collectors.joining(", "));
    datasets.execute(
        "CREATE OR REPLACE VIEW manifest_rows AS SELECT * FROM read_parquet(["
            + list
            + "], union_by_name = true, filename = true, hive_partitioning = false)");
    String time = TIMES.stream().filter(datasets.columns(ROWS)::contains).findFirst().orElse(null);
    List<Manifest.Part> parts = new ArrayList<>();
    Map<String, String> writers = writers(datasets, list);
    for (List<Object> row : perFile(datasets, time).values()) {
      String file = (String) row.get(0);
      parts.add(
          new Manifest.Part(
              paths.get(file),
              StreamQueries.number(row.get(1)),
              Path.of(file).toFile().length(),
              sha256(Path.of(file)),
              writers.getOrDefault(file, "unknown"),
              row.get(2) == null ? null : StreamQueries.number(row.get(2)),
              row.get(3) == null ? null : StreamQueries.number(row.get(3))));
    }
    parts.sort(java.util.Comparator.comparing(Manifest.Part::path));
    return new Manifest(
        Manifest.SCHEMA,
        day.dataset(),
        day.date(),
        createdBy,
        schemas(datasets),
        parts.stream().mapToLong(Manifest.Part::rows).sum(),
        parts.stream().mapToLong(Manifest.Part::bytes).sum(),
        parts.stream()
            .map(Manifest.Part::firstUs)
            .filter(t -> t != null)
            .min(Long::compare)
            .orElse(null),
        parts.stream()
            .map(Manifest.Part::lastUs)
            .filter(t -> t != null)
            .max(Long::compare)
            .orElse(null),
        bySource(datasets),
        coveredHours(datasets, time),
        List.copyOf(parts));
  }

  private static dev.sluice.cli.dataset.Rows perFile(Datasets datasets, String time) {
    String us = time == null ? "NULL::BIGINT" : "epoch_us(%s(" + time + "))";
    return datasets.query(
        "SELECT filename, count(*), "
            + us.formatted("min")
            + ", "
            + us.formatted("max")
            + " FROM manifest_rows GROUP BY 1");
  }

  private static Map<String, String> writers(Datasets datasets, String list) {
    Map<String, String> writers = new HashMap<>();
    datasets
        .query("SELECT file_name, created_by FROM parquet_file_metadata([" + list + "])")
        .values()
        .forEach(row -> writers.put((String) row.get(0), String.valueOf(row.get(1))));
    return writers;
  }

  private static List<String> schemas(Datasets datasets) {
    return datasets.columns(ROWS).contains("schema")
        ? datasets.query("SELECT DISTINCT schema FROM manifest_rows ORDER BY 1").values().stream()
            .map(row -> String.valueOf(row.get(0)))
            .toList()
        : List.of();
  }

  private static Map<String, Long> bySource(Datasets datasets) {
    Map<String, Long> rows = new TreeMap<>();
    if (datasets.columns(ROWS).contains("source")) {
      datasets
          .query("SELECT source, count(*) FROM manifest_rows GROUP BY 1")
          .values()
          .forEach(row -> rows.put(String.valueOf(row.get(0)), StreamQueries.number(row.get(1))));
    }
    return rows;
  }

  private static Map<String, Double> coveredHours(Datasets datasets, String time) {
    Map<String, Double> hours = new TreeMap<>();
    if (time != null && datasets.columns(ROWS).contains("engine_id")) {
      datasets
          .query(
              "SELECT engine_id, count(DISTINCT epoch_us("
                  + time
                  + ") // 60000000) FROM manifest_rows GROUP BY 1")
          .values()
          .forEach(
              row ->
                  hours.put(
                      String.valueOf(row.get(0)),
                      Math.round(StreamQueries.number(row.get(1)) / 60.0 * 1000) / 1000.0));
    }
    return hours;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = java.nio.file.Files.newInputStream(file)) {
      return FileHash.of(in);
    }
  }
}
