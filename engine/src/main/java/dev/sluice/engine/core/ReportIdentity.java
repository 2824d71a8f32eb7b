// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.venue.ExecutionReport;
import java.math.BigDecimal;

/**
 * Who a report is, within the journal of one venue and within its order: state, cumulative
 * quantity, the venue's time and the fill's id. Two reports of the same identity are one report
 * said twice.
 */
final class ReportIdentity {
  private static final char SEPARATOR = '|';

  private ReportIdentity() {}

  static String of(ExecutionReport report) {
    BigDecimal cumQty = report.cumQty();
    return String.valueOf(report.state())
        + SEPARATOR
        + (cumQty == null ? "" : cumQty.stripTrailingZeros().toPlainString())
        + SEPARATOR
        + report.venueTimeUs()
        + SEPARATOR
        + (report.fillId() == null ? "" : report.fillId());
  }

  /** The fill's id within an identity, empty when it is none of a fill. */
  static String fillId(String identity) {
    int third = -1;
    for (int i = 0; i < 3; i++) {
      third = identity.indexOf(SEPARATOR, third + 1);
    }
    return identity.substring(third + 1);
  }
}
