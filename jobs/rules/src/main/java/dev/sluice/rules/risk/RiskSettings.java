// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import java.io.Serializable;

/**
 * Settings of portfolio risk.
 *
 * @param silentAfterMs an engine whose last word is further behind the portfolio's clock than this
 *     is silent, event time
 * @param jumpRatio a reading further than this from the last one believed needs a second that
 *     agrees
 * @param minEquity engines with less, in quote currency, do not count for concentration
 * @param minGross shares of gross exposure are taken of at least this much, in quote currency, so
 *     that the first small position of a flat portfolio is no concentration
 * @param varMinHours fewer joint hourly returns are no data
 * @param varHours hours of marks kept
 * @param maxSymbols symbols kept per engine; trades and marks of further ones are counted and
 *     dropped
 * @param maxWaiting progress markers per engine that wait for the heartbeat their bucket speaks of
 */
public record RiskSettings(
    long silentAfterMs,
    double jumpRatio,
    double minEquity,
    double minGross,
    int varMinHours,
    int varHours,
    int maxSymbols,
    int maxWaiting)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the limits. */
  public RiskSettings {
    if (silentAfterMs <= 0 || !(jumpRatio > 0) || !(minEquity >= 0) || !(minGross >= 0)) {
      throw new IllegalArgumentException(
          "silentAfterMs and jumpRatio must be positive, minEquity and minGross not negative");
    }
    if (varMinHours < 20 || varHours < varMinHours || maxSymbols < 1 || maxWaiting < 1) {
      throw new IllegalArgumentException(
          "varMinHours is at least 20, varHours at least varMinHours, limits at least 1");
    }
  }

  /** What is used unless configured. */
  public static RiskSettings defaults() {
    return new RiskSettings(30_000, 0.10, 1_000, 10_000, 100, 720, 256, 1_000);
  }
}
