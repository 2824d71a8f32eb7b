// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.schemas.OrderState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an order journal's file says, read from outside of the process that owns it. */
record JournalView(
    Map<String, OrderState> states,
    Map<String, BigDecimal> cumQtys,
    List<String> fillIds,
    Map<String, BigDecimal> positions) {

  static JournalView of(Path file) throws SQLException {
    Map<String, OrderState> states = new LinkedHashMap<>();
    Map<String, BigDecimal> cumQtys = new LinkedHashMap<>();
    List<String> fillIds = new ArrayList<>();
    Map<String, BigDecimal> positions = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      try (ResultSet row =
          statement.executeQuery("SELECT client_order_id, state, cum_qty FROM orders")) {
        while (row.next()) {
          states.put(row.getString(1), OrderState.valueOf(row.getString(2)));
          cumQtys.put(row.getString(1), new BigDecimal(row.getString(3)));
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT identity FROM reports")) {
        while (row.next()) {
          String[] parts = row.getString(1).split("\\|", -1);
          if (!parts[3].isEmpty()) {
            fillIds.add(parts[3]);
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT symbol, qty FROM positions")) {
        while (row.next()) {
          positions.put(row.getString(1), new BigDecimal(row.getString(2)));
        }
      }
    }
    return new JournalView(states, cumQtys, fillIds, positions);
  }

  BigDecimal position(String symbol) {
    return positions.getOrDefault(symbol, BigDecimal.ZERO);
  }
}
