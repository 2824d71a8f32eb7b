// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Parquet;
import java.nio.file.Path;

/**
 * Two hours of one engine as datasets: a tick and a heartbeat every ten seconds, an order and its
 * fill every minute, a decision in the middle. Whole as it is; tests take rows away or add some.
 */
final class SmallArchive {
  static final String ENGINE = "'mm-1' AS engine_id, 'r1' AS run_id, 'SIMULATED' AS source";
  private static final String VENUE = "'mm-1' AS engine_id, 'r1v' AS run_id, 'SIMULATED' AS source";
  private final Path directory;

  SmallArchive(Path directory) {
    this.directory = directory;
  }

  /** Everything, whole. */
  SmallArchive whole() {
    ticks("TRUE");
    health("TRUE", "seq");
    orders("TRUE", "'c-' || seq");
    fills("TRUE", "'c-' || seq");
    ledger("TRUE");
    dropcopy("TRUE");
    acks("'d-1'");
    write("commands", "SELECT 'k-1' AS command_id, 'mm-1' AS engine_id, " + identity("1"));
    write("verdicts", "SELECT 'v-1' AS verdict_id, 'mm-1' AS engine_id, " + time("360"));
    decisions("'v-1'");
    write(
        "buckets",
        "SELECT 'mm-1' AS engine_id, NULL::VARCHAR AS symbol, NULL::VARCHAR AS arm, "
            + "to_timestamp(1767571200 + seq * 10) AS start_us, 1 AS late FROM range(3) t(seq)");
    return this;
  }

  SmallArchive ticks(String where) {
    return write("ticks", numbered(ENGINE, 720, where, "'tick.v1' AS schema"));
  }

  SmallArchive health(String where, String sentTicks) {
    return write(
        "health",
        numbered(
            ENGINE,
            720,
            where,
            sentTicks
                + " AS sent_ticks, (seq + 5) // 6 AS sent_orders, (seq + 5) // 6 AS sent_fills,"
                + " seq AS sent_ledgers, to_timestamp(1767571200) AS started_at_us,"
                + " CASE WHEN seq > 360 THEN 1 ELSE 0 END AS control_epoch"));
  }

  SmallArchive orders(String where, String clientOrderId) {
    return write(
        "orders",
        minutely(
            where,
            clientOrderId
                + " AS client_order_id, 'i-' || seq AS intent_id, 'i-' || seq AS correlation_id,"
                + " 'i-' || seq AS causation_id, NULL::VARCHAR AS hedge_of"));
  }

  SmallArchive fills(String where, String clientOrderId) {
    return write(
        "fills",
        minutely(
            where,
            clientOrderId
                + " AS client_order_id, 'i-' || seq AS intent_id, 'i-' || seq AS correlation_id,"
                + " 'c-' || seq AS causation_id"));
  }

  SmallArchive ledger(String where) {
    return write(
        "ledger",
        "SELECT * FROM ("
            + numbered(ENGINE, 720, "TRUE", "'ENGINE' AS book, NULL::BIGINT AS sent_drop_copies")
            + " UNION ALL "
            + numbered(VENUE, 720, "TRUE", "'VENUE' AS book, (seq + 5) // 6 AS sent_drop_copies")
                .replace("seq - 1 AS _offset", "seq + 719 AS _offset")
            + ") WHERE "
            + where);
  }

  SmallArchive dropcopy(String where) {
    return write(
        "dropcopy",
        minutely(where, "'c-' || seq AS client_order_id")
            .replace("'r1' AS run_id", "'r1v' AS run_id"));
  }

  SmallArchive acks(String decisionId) {
    return write(
        "acks",
        "SELECT seq, "
            + ENGINE
            + ", "
            + decisionId
            + " AS decision_id, 1 AS epoch, "
            + time("360")
            + ", "
            + identity("seq")
            + " FROM range(1, 3) t(seq)");
  }

  SmallArchive decisions(String verdictId) {
    return write(
        "decisions",
        "SELECT 'mm-1' AS engine_id, 'd-1' AS decision_id, 1 AS epoch, 'k-1' AS command_command_id,"
            + " [{'verdict_id': "
            + verdictId
            + "}] AS cause, "
            + time("360")
            + ", "
            + identity("1"));
  }

  SmallArchive write(String dataset, String sql) {
    Parquet.write(directory, dataset, sql);
    return this;
  }

  private static String numbered(String who, int count, String where, String more) {
    return "SELECT seq, "
        + who
        + ", "
        + time("(seq - 1)")
        + ", "
        + identity("seq")
        + ", "
        + more
        + " FROM range(1, "
        + (count + 1)
        + ") t(seq) WHERE "
        + where;
  }

  private static String minutely(String where, String more) {
    return "SELECT seq, "
        + ENGINE
        + ", "
        + time("(seq - 1) * 6")
        + ", "
        + identity("seq")
        + ", "
        + more
        + " FROM range(1, 121) t(seq) WHERE "
        + where;
  }

  private static String time(String tensOfSeconds) {
    return "to_timestamp(1767571200 + " + tensOfSeconds + " * 10) AS event_time_us";
  }

  private static String identity(String seq) {
    return "0::BIGINT AS _topic_partition, " + seq + " - 1 AS _offset";
  }
}
