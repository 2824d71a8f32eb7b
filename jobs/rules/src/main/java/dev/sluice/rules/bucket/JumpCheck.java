// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

/**
 * Catches records stamped far in the future, for simulated and replayed time, where no wall clock
 * can tell: a record that jumps more than the allowed step beyond its stream's highest time is a
 * suspect. The next {@link #CONFIRMATIONS} − 1 records of the stream decide: when they agree (none
 * goes back by more than the step) the time base moves, when one goes back the suspects were wrong.
 * Only the stream's own records are asked, so the order in which topics are read does not matter. A
 * punctuation may decide earlier, see {@link EngineClock}. Mutable; its fields are the state.
 */
public final class JumpCheck {
  /** Successive records that must agree before the time base moves. */
  public static final int CONFIRMATIONS = 3;

  /** What a record is, and what it says of the suspects before it. */
  public enum Finding {
    /** Plausible, and there were no suspects. */
    PLAUSIBLE,
    /** Plausible; the suspects before it were wrong. */
    PLAUSIBLE_DENIES,
    /** Plausible; the suspects before it were right. */
    PLAUSIBLE_CONFIRMS,
    /** A suspect itself. */
    SUSPECT,
    /** A suspect itself, and those before it were wrong. */
    SUSPECT_DENIES
  }

  public long highestUs;
  public int suspects;
  public long lastSuspectUs;

  public JumpCheck() {}

  /** Judges one record of the stream, in the stream's order. */
  public Finding judge(long eventTimeUs, long stepUs) {
    if (highestUs == 0 || eventTimeUs <= highestUs + stepUs) {
      highestUs = Math.max(highestUs, eventTimeUs);
      if (suspects == 0) {
        return Finding.PLAUSIBLE;
      }
      suspects = 0;
      return Finding.PLAUSIBLE_DENIES;
    }
    boolean agrees = suspects == 0 || eventTimeUs >= lastSuspectUs - stepUs;
    boolean denies = !agrees;
    suspects = agrees ? suspects + 1 : 1;
    lastSuspectUs = eventTimeUs;
    if (suspects >= CONFIRMATIONS) {
      suspects = 0;
      highestUs = eventTimeUs;
      return Finding.PLAUSIBLE_CONFIRMS;
    }
    return denies ? Finding.SUSPECT_DENIES : Finding.SUSPECT;
  }

  /** Takes over what another check of the same stream knows beyond this one. */
  public void adopt(JumpCheck other) {
    if (other.highestUs > highestUs) {
      highestUs = other.highestUs;
      suspects = other.suspects;
      lastSuspectUs = other.lastSuspectUs;
    }
  }
}
