// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

/**
 * The streams whose records are numbered, who numbers them and who says how many there are. The
 * identity of a record is (engine, run, stream, seq); of drop copy and the venue's ledger the run
 * is the venue's.
 */
enum NumberedStream {
  TICKS("ticks", "ticks", "TRUE", "health", "TRUE", "sent_ticks", "its heartbeats"),
  ORDERS("orders", "orders", "TRUE", "health", "TRUE", "sent_orders", "its heartbeats"),
  FILLS("fills", "fills", "TRUE", "health", "TRUE", "sent_fills", "its heartbeats"),
  LEDGER("ledger", "ledger", "book = 'ENGINE'", "health", "TRUE", "sent_ledgers", "its heartbeats"),
  HEALTH("health", "health", "TRUE", "health", "TRUE", null, "its own last number"),
  ACKS("acks", "acks", "TRUE", "acks", "TRUE", null, "its own last number"),
  DROPCOPY(
      "dropcopy",
      "dropcopy",
      "TRUE",
      "ledger",
      "book = 'VENUE'",
      "sent_drop_copies",
      "the venue's snapshots"),
  VENUE_LEDGER(
      "venue-ledger",
      "ledger",
      "book = 'VENUE'",
      "ledger",
      "book = 'VENUE'",
      null,
      "its own last number");

  private final String streamName;
  private final String dataset;
  private final String rows;
  private final String countedIn;
  private final String counters;
  private final String counter;
  private final String saidBy;

  NumberedStream(
      String streamName,
      String dataset,
      String rows,
      String countedIn,
      String counters,
      String counter,
      String saidBy) {
    this.streamName = streamName;
    this.dataset = dataset;
    this.rows = rows;
    this.countedIn = countedIn;
    this.counters = counters;
    this.counter = counter;
    this.saidBy = saidBy;
  }

  String streamName() {
    return streamName;
  }

  String dataset() {
    return dataset;
  }

  /** Condition on the rows of the dataset. */
  String rows() {
    return rows;
  }

  /** The dataset whose records say how many were sent. */
  String countedIn() {
    return countedIn;
  }

  /** Condition on the records that say it. */
  String counters() {
    return counters;
  }

  /** The column that says it; null where nobody else does and the stream's own numbers must do. */
  String counter() {
    return counter;
  }

  String saidBy() {
    return saidBy;
  }

  /** True for what every engine that speaks must speak of. */
  boolean mandatory() {
    return this == TICKS || this == ORDERS || this == FILLS || this == HEALTH;
  }
}
