// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.sluice.cli.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SQL of the page about queries runs, and each query finds something. */
class QueryPageTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

  @Test
  void everyQueryOfThePageFindsSomething() throws Exception {
    Path page = Home.find().resolve("docs/how-to/query-with-duckdb.md");
    Path datasets = NotebookFixture.breach();
    List<Integer> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Matcher blocks = BLOCK.matcher(Files.readString(page));
      while (blocks.find()) {
        String sql = blocks.group(1).replace("out/demo/datasets", datasets.toString());
        for (String each : sql.split(";\\s*\n")) {
          if (statement.execute(each)) {
            rows.add(checked(statement.getResultSet()));
          }
        }
      }
    }
    assertThat(rows).hasSize(6).allMatch(n -> n > 0);
  }

  /** Rows; where a query sets a verdict beside the raw events, they must agree. */
  private static int checked(ResultSet result) throws Exception {
    boolean compared = result.getMetaData().getColumnLabel(3).equals("verdict");
    int rows = 0;
    while (result.next()) {
      rows++;
      if (compared) {
        assertThat(result.getDouble("from_ticks"))
            .isEqualTo(result.getDouble("verdict"), offset(0.0));
      }
    }
    return rows;
  }
}
