// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.VerdictOutcome;

/**
 * One thing that was looked at.
 *
 * @param text half a sentence with its numbers
 */
record Finding(Hold hold, VerdictOutcome outcome, String text) {

  static Finding of(Hold hold, String text) {
    return new Finding(
        hold,
        switch (hold) {
          case BROKEN, WORSE, NOT_SHOWN -> VerdictOutcome.BREACH;
          case UNKNOWN -> VerdictOutcome.NO_DATA;
          case NONE -> VerdictOutcome.PASS;
        },
        text);
  }

  /** What cannot be told and does not hold. */
  static Finding ignorance(String text) {
    return new Finding(Hold.NONE, VerdictOutcome.NO_DATA, text);
  }
}
