// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.venue.ExecutionReport;

/** The newest execution reports by number, counted from 1. Not thread-safe. */
final class ReportLog {
  private final ExecutionReport[] reports;
  private long lastSeq;

  /**
   * @param capacity how many are kept
   */
  ReportLog(int capacity) {
    this.reports = new ExecutionReport[capacity];
  }

  /** Keeps a report; returns its number. */
  long append(ExecutionReport report) {
    lastSeq++;
    reports[(int) (lastSeq % reports.length)] = report;
    return lastSeq;
  }

  /** Number of the newest one, 0 before the first. */
  long lastSeq() {
    return lastSeq;
  }

  /** Number of the oldest one still kept, 1 when none has been lost. */
  long oldestSeq() {
    return Math.max(1, lastSeq - reports.length + 1);
  }

  /** The report of a number between {@link #oldestSeq} and {@link #lastSeq}. */
  ExecutionReport get(long seq) {
    if (seq < oldestSeq() || seq > lastSeq) {
      throw new IllegalArgumentException("no report " + seq);
    }
    return reports[(int) (seq % reports.length)];
  }
}
