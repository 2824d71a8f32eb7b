// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.duckdb.DuckDBStruct;

/**
 * The datasets below one directory as DuckDB views: one per subdirectory that holds finished
 * Parquet files, named like it (without a {@code dataset=} in front). Files whose names begin with
 * a dot or an underscore, or that are in progress, are not data. One thread.
 */
public final class Datasets implements AutoCloseable {
  private static final String HIVE = "dataset=";

  private final Connection connection;
  private final Map<String, Path> views = new TreeMap<>();

  /**
   * Opens the directory.
   *
   * @throws IllegalStateException when DuckDB cannot read what is there
   */
  public Datasets(Path directory) {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        for (Path dataset : directories(directory)) {
          List<Path> files = finished(dataset);
          if (!files.isEmpty()) {
            String name = name(dataset);
            statement.execute(view(name, files));
            views.put(name, dataset);
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot open " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Names of the views, with the directory of each. */
  public Map<String, Path> views() {
    return Map.copyOf(views);
  }

  /** Rows of a dataset; 0 when it has no finished file. */
  public long rows(String name) {
    return views.containsKey(name) ? number("SELECT count(*) FROM " + quoted(name)) : 0;
  }

  /** A query that gives one number. NULL is 0. */
  public long number(String sql) {
    Object value = query(sql).values().get(0).get(0);
    return value == null ? 0 : ((Number) value).longValue();
  }

  /**
   * Runs a query.
   *
   * @throws IllegalArgumentException when DuckDB refuses it; the message says why
   */
  public Rows query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData meta = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int c = 1; c <= meta.getColumnCount(); c++) {
        columns.add(meta.getColumnName(c));
      }
      List<List<Object>> values = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int c = 1; c <= columns.size(); c++) {
          row.add(plain(result.getObject(c)));
        }
        values.add(row);
      }
      return new Rows(columns, values);
    } catch (SQLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB: " + e.getMessage(), e);
    }
  }

  /** Finished Parquet files below a directory, sorted. */
  static List<Path> finished(Path dataset) {
    try (Stream<Path> files = Files.walk(dataset)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".parquet"))
          .filter(f -> !f.getFileName().toString().matches("[._].*|.*inprogress.*"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + dataset, e);
    }
  }

  /** {@code ticks} of {@code …/ticks} and of {@code …/dataset=ticks}. */
  private static String name(Path dataset) {
    String directory = dataset.getFileName().toString();
    return directory.startsWith(HIVE) ? directory.substring(HIVE.length()) : directory;
  }

  private static List<Path> directories(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(directory + " is no directory");
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static String view(String name, List<Path> files) {
    String list =
        String.join(
            ", ", files.stream().map(f -> "'" + f.toString().replace("'", "''") + "'").toList());
    return "CREATE VIEW "
        + quoted(name)
        + " AS SELECT * FROM read_parquet(["
        + list
        + "], union_by_name = true, hive_partitioning = true)";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * Numbers, booleans and text as they are; lists and structs as lists and maps; the rest as text.
   */
  private static Object plain(Object value) throws SQLException {
    if (value instanceof Array array) {
      List<Object> list = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        list.add(plain(element));
      }
      return list;
    }
    if (value instanceof DuckDBStruct struct) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, Object> entry : struct.getMap().entrySet()) {
        map.put(entry.getKey(), plain(entry.getValue()));
      }
      return map;
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }
}
