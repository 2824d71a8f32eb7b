// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import dev.sluice.schemas.Nullable;

/**
 * Numbers that are not there, both ends included.
 *
 * @param beforeUs event time of the record before the first, null when unknown or none
 * @param afterUs event time of the record after the last, null when unknown or none
 */
public record NumberRange(long first, long last, @Nullable Long beforeUs, @Nullable Long afterUs) {
  /** A range whose times are not known. */
  public static NumberRange of(long first, long last) {
    return new NumberRange(first, last, null, null);
  }

  /** How many. */
  public long count() {
    return last - first + 1;
  }

  /** {@code 17} or {@code 17-19}. */
  public String text() {
    return first == last ? Long.toString(first) : first + "-" + last;
  }

  /** The same between these two times. */
  public NumberRange between(Long earlierUs, Long laterUs) {
    return new NumberRange(first, last, earlierUs, laterUs);
  }
}
