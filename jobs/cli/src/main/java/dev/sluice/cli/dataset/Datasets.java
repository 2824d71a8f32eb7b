// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import dev.sluice.cli.Cleanup;
import dev.sluice.flink.io.DatasetFiles;
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
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBStruct;

/**
 * The datasets below one directory as DuckDB views: one per subdirectory that holds finished
 * Parquet files, named like it (without a {@code dataset=} in front). What a finished file is, says
 * {@link DatasetFiles}. Parts of the path such as {@code date=2026-01-05} are columns; files with
 * and without {@code engine=} may lie beside each other. One thread.
 */
public final class Datasets implements AutoCloseable {
  private static final String HIVE = "dataset=";
  private static final AtomicLong OPENED = new AtomicLong();

  private final Connection connection;
  private final Path spill =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "sluice-duckdb-" + ProcessHandle.current().pid() + "-" + OPENED.incrementAndGet());
  private final Map<String, Path> views = new TreeMap<>();

  /**
   * Opens the directory.
   *
   * @throws IllegalStateException when DuckDB cannot read what is there
   */
  public Datasets(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(directory + " is no directory");
    }
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET TimeZone = 'UTC'");
      execute("SET temp_directory = " + text(spill.toString()));
      for (Map.Entry<String, List<String>> dataset : files(directory).entrySet()) {
        String name = dataset.getKey();
        execute(
            "CREATE VIEW "
                + quoted(name.startsWith(HIVE) ? name.substring(HIVE.length()) : name)
                + " AS "
                + DatasetView.sql(directory.toAbsolutePath(), dataset.getValue()));
        views.put(
            name.startsWith(HIVE) ? name.substring(HIVE.length()) : name, directory.resolve(name));
      }
    } catch (SQLException | IllegalArgumentException e) {
      throw new IllegalStateException("DuckDB cannot open " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Names of the views, with the directory of each. */
  public Map<String, Path> views() {
    return Map.copyOf(views);
  }

  /** Whether there is a finished file of a dataset. */
  public boolean has(String name) {
    return views.containsKey(name);
  }

  /** Whether a dataset has a column. */
  public boolean hasColumn(String name, String column) {
    return has(name) && columns(name).contains(column);
  }

  /** Names of the columns of a dataset, or of a view made since. */
  public List<String> columns(String name) {
    return query("SELECT column_name FROM (DESCRIBE " + quoted(name) + ")").values().stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  /**
   * Runs a statement that gives no rows.
   *
   * @throws IllegalArgumentException when DuckDB refuses it; the message says why
   */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
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
    } finally {
      Cleanup.delete(spill);
    }
  }

  /** Paths of the finished files, relative to the directory, by name of its subdirectory. */
  private static Map<String, List<String>> files(Path directory) {
    Map<String, List<String>> files = new TreeMap<>();
    try {
      for (DatasetFiles.Found found : DatasetFiles.below(directory.toString()).parquet()) {
        int end = found.path().indexOf('/');
        if (end > 0) {
          files
              .computeIfAbsent(found.path().substring(0, end), name -> new ArrayList<>())
              .add(found.path());
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  /** A text as SQL has it. */
  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * Numbers, booleans and text as they are; lists, structs and maps as lists and maps; the rest as
   * text.
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
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        map.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
      }
      return map;
    }
    return value == null || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }
}
