// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.journal;

import java.util.List;
import java.util.Map;

/** The journal's tables and statements. */
final class JournalSql {
  static final String INTENTS = "intents";
  static final String CAPITAL = "capital";

  static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS orders (
            client_order_id TEXT PRIMARY KEY, intent_id TEXT NOT NULL, attempt INTEGER NOT NULL,
            symbol TEXT NOT NULL, side TEXT NOT NULL, type TEXT NOT NULL, purpose TEXT NOT NULL,
            price TEXT, qty TEXT NOT NULL, quote_price REAL, mid REAL,
            hedge_of TEXT, hedge_level INTEGER NOT NULL, state TEXT NOT NULL,
            ended INTEGER NOT NULL, cum_qty TEXT NOT NULL, venue_order_id TEXT,
            submitted_at_us INTEGER NOT NULL, changed_us INTEGER NOT NULL,
            arm TEXT, slot INTEGER) WITHOUT ROWID""",
          """
          CREATE TABLE IF NOT EXISTS reports (
            client_order_id TEXT NOT NULL, identity TEXT NOT NULL, n INTEGER NOT NULL,
            PRIMARY KEY (client_order_id, identity)) WITHOUT ROWID""",
          """
          CREATE TABLE IF NOT EXISTS positions (
            symbol TEXT PRIMARY KEY, qty TEXT NOT NULL, avg_price TEXT NOT NULL) WITHOUT ROWID""",
          """
          CREATE TABLE IF NOT EXISTS facts (
            name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
          "CREATE INDEX IF NOT EXISTS orders_ended ON orders (changed_us) WHERE ended = 1");

  /** What version 2 has more than version 1, by column of the table of orders. */
  static final Map<String, String> ADDED_COLUMNS =
      Map.of(
          "arm", "ALTER TABLE orders ADD COLUMN arm TEXT",
          "slot", "ALTER TABLE orders ADD COLUMN slot INTEGER");

  static final String COLUMNS = "SELECT name FROM pragma_table_info('orders')";

  static final String PUT_ORDER =
      """
      INSERT INTO orders (client_order_id, intent_id, attempt, symbol, side, type, purpose, price,
        qty, quote_price, mid, hedge_of, hedge_level, state, ended, cum_qty, venue_order_id,
        submitted_at_us, changed_us, arm, slot)
      VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      ON CONFLICT (client_order_id) DO UPDATE SET
        state = excluded.state, ended = excluded.ended, cum_qty = excluded.cum_qty,
        venue_order_id = excluded.venue_order_id, changed_us = excluded.changed_us""";

  static final String PUT_REPORT =
      """
      INSERT OR IGNORE INTO reports
      SELECT ?1, ?2, (SELECT count(*) FROM reports WHERE client_order_id = ?1)""";

  static final String PUT_POSITION = "INSERT OR REPLACE INTO positions VALUES (?,?,?)";
  static final String PUT_FACT = "INSERT OR REPLACE INTO facts VALUES (?,?)";
  static final String GET_FACT = "SELECT value FROM facts WHERE name = ?";
  static final String GET_ORDERS =
      "SELECT * FROM orders ORDER BY submitted_at_us, length(client_order_id), client_order_id";
  static final String GET_REPORTS =
      "SELECT client_order_id, identity FROM reports ORDER BY client_order_id, n";
  static final String GET_POSITIONS = "SELECT * FROM positions ORDER BY symbol";

  static final String FORGET_REPORTS =
      """
      DELETE FROM reports WHERE client_order_id IN
        (SELECT client_order_id FROM orders WHERE ended = 1 AND changed_us < ?)""";

  static final String FORGET_ORDERS = "DELETE FROM orders WHERE ended = 1 AND changed_us < ?";

  private JournalSql() {}
}
