// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.journal;

import dev.sluice.engine.core.Journal.SavedPosition;
import dev.sluice.engine.core.SavedOrder;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between rows and records. */
final class JournalRows {
  private JournalRows() {}

  /** Sets the parameters of {@link JournalSql#PUT_ORDER}. */
  static void set(PreparedStatement put, SavedOrder order) throws SQLException {
    put.setString(1, order.clientOrderId());
    put.setString(2, order.intentId());
    put.setInt(3, order.attempt());
    put.setString(4, order.symbol());
    put.setString(5, order.side().name());
    put.setString(6, order.type().name());
    put.setString(7, order.purpose().name());
    put.setString(8, order.price() == null ? null : order.price().toPlainString());
    put.setString(9, order.qty().toPlainString());
    put.setDouble(10, order.quotePrice());
    put.setDouble(11, order.mid());
    put.setString(12, order.hedgeOf());
    put.setInt(13, order.hedgeLevel());
    put.setString(14, order.state().name());
    put.setInt(15, order.state().terminal() ? 1 : 0);
    put.setString(16, order.cumQty().toPlainString());
    put.setString(17, order.venueOrderId());
    put.setLong(18, order.submittedAtUs());
    put.setLong(19, order.changedUs());
    put.setString(20, order.arm() == null ? null : order.arm().name());
    put.setObject(21, order.slot());
  }

  static List<SavedOrder> orders(Connection connection) throws SQLException {
    List<SavedOrder> orders = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(JournalSql.GET_ORDERS)) {
      while (row.next()) {
        orders.add(order(row));
      }
    }
    return orders;
  }

  private static SavedOrder order(ResultSet row) throws SQLException {
    String price = row.getString("price");
    String arm = row.getString("arm");
    return new SavedOrder(
        row.getString("client_order_id"),
        row.getString("intent_id"),
        row.getInt("attempt"),
        row.getString("symbol"),
        Side.valueOf(row.getString("side")),
        OrderType.valueOf(row.getString("type")),
        Purpose.valueOf(row.getString("purpose")),
        price == null ? null : new BigDecimal(price),
        new BigDecimal(row.getString("qty")),
        row.getDouble("quote_price"),
        row.getDouble("mid"),
        row.getString("hedge_of"),
        row.getInt("hedge_level"),
        OrderState.valueOf(row.getString("state")),
        new BigDecimal(row.getString("cum_qty")),
        row.getString("venue_order_id"),
        row.getLong("submitted_at_us"),
        row.getLong("changed_us"),
        arm == null ? null : Arm.valueOf(arm),
        arm == null ? null : row.getLong("slot"));
  }

  static Map<String, List<String>> identities(Connection connection) throws SQLException {
    Map<String, List<String>> identities = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(JournalSql.GET_REPORTS)) {
      while (row.next()) {
        identities.computeIfAbsent(row.getString(1), id -> new ArrayList<>()).add(row.getString(2));
      }
    }
    return identities;
  }

  static List<SavedPosition> positions(Connection connection) throws SQLException {
    List<SavedPosition> positions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(JournalSql.GET_POSITIONS)) {
      while (row.next()) {
        positions.add(
            new SavedPosition(
                row.getString(1),
                new BigDecimal(row.getString(2)),
                new BigDecimal(row.getString(3))));
      }
    }
    return positions;
  }
}
