// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

/**
 * Believes a number that is near the last one believed; one that has jumped is believed when two of
 * the three newest readings agree on it, so a real crash is believed at its second reading and a
 * single wrong one never. The first reading of all is believed. Mutable; its fields are the state.
 */
public final class TwoOfThree {
  /** What a reading is. */
  public enum Finding {
    PLAUSIBLE,
    /** It jumped, and one of the two readings before it agrees. */
    CONFIRMED,
    /** It jumped and stands alone. */
    SUSPECT
  }

  public double believed = Double.NaN;
  public double newest = Double.NaN;
  public double secondNewest = Double.NaN;

  /** True while the newest reading is not believed. */
  public boolean doubted;

  public TwoOfThree() {}

  /** Takes one finite reading; jumps are relative to what is believed. */
  public Finding offer(double reading, double jumpRatio) {
    Finding finding = judge(reading, jumpRatio);
    secondNewest = newest;
    newest = reading;
    doubted = finding == Finding.SUSPECT;
    if (!doubted) {
      believed = reading;
    }
    return finding;
  }

  /** True once something is believed. */
  public boolean known() {
    return !Double.isNaN(believed);
  }

  private Finding judge(double reading, double jumpRatio) {
    if (!known() || near(reading, believed, jumpRatio)) {
      return Finding.PLAUSIBLE;
    }
    return near(reading, newest, jumpRatio) || near(reading, secondNewest, jumpRatio)
        ? Finding.CONFIRMED
        : Finding.SUSPECT;
  }

  /** False for NaN, which is no reading. */
  private static boolean near(double reading, double base, double jumpRatio) {
    return Math.abs(reading - base) <= jumpRatio * Math.abs(base);
  }
}
