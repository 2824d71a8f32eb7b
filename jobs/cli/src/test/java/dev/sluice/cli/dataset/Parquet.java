// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes datasets for tests. */
public final class Parquet {
  private Parquet() {}

  /** Writes what a query gives as the dataset {@code name} below the directory. */
  public static void write(Path directory, String name, String query) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Path dataset = Files.createDirectories(directory.resolve("dataset=" + name));
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute(
          "COPY (" + query + ") TO '" + dataset.resolve("all.parquet") + "' (FORMAT PARQUET)");
    } catch (SQLException | IOException e) {
      throw new AssertionError(query, e);
    }
  }
}
