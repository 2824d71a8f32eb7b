// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import java.io.Serializable;

/**
 * Limits of the integrity checks. Durations are event time.
 *
 * @param answerWithinMs an intent, a submission or an UNKNOWN that stands longer has no outcome
 * @param intentGraceMs how much later than the venue's word an order's intent may be seen
 * @param unansweredAfterMs the venue's deadline for an answer; a time-out before it is early
 * @param hedgeLevels orders a hedge may take
 * @param hedgeLevelMs the venue's deadline of one of them
 * @param timeoutSlackMs so much of a deadline may be missing
 * @param hedgeToleranceRatio part of a hedge's quantity that may be left open, 0..1
 * @param skewLimitMs how far the clocks may be apart
 * @param silentAfterMs without a message of the engine for so long nothing is known of it
 * @param progressMs the least time between two words of progress
 * @param endedKeepMs how long an order is watched after its end
 * @param maxWatched orders watched per engine; the oldest are given up
 * @param maxRememberedIds ids of ended orders and of fills by which a second one is recognised
 * @param maxStanding findings that stand at once per engine; the oldest are given up
 */
public record IntegritySettings(
    long answerWithinMs,
    long intentGraceMs,
    long unansweredAfterMs,
    int hedgeLevels,
    long hedgeLevelMs,
    long timeoutSlackMs,
    double hedgeToleranceRatio,
    long skewLimitMs,
    long silentAfterMs,
    long progressMs,
    long endedKeepMs,
    int maxWatched,
    int maxRememberedIds,
    int maxStanding)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the limits. */
  public IntegritySettings {
    if (maxWatched < 1 || maxRememberedIds < 1 || maxStanding < 1 || hedgeLevels < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    if (answerWithinMs < 1 || hedgeLevelMs < 1 || skewLimitMs < 1 || progressMs < 1) {
      throw new IllegalArgumentException("durations must be positive");
    }
    if (!(hedgeToleranceRatio >= 0 && hedgeToleranceRatio < 1)) {
      throw new IllegalArgumentException("hedgeToleranceRatio must be in 0..1");
    }
  }

  /** The figures of the five safeguards. */
  public static IntegritySettings defaults() {
    return new IntegritySettings(
        60_000, 5_000, 10_000, 3, 5_000, 500, 0.001, 500, 60_000, 10_000, 60_000, 20_000, 100_000,
        1_000);
  }
}
