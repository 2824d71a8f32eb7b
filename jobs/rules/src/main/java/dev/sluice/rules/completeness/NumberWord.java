// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import dev.sluice.schemas.Nullable;

/**
 * Which of 64 consecutive numbers are there.
 *
 * @param index the numbers are {@code 64·index} to {@code 64·index + 63}
 * @param present bit i is set when {@code 64·index + i} is there
 * @param before index of the word before this one that has any number, null for none
 */
public record NumberWord(long index, long present, @Nullable Long before) {
  /** Numbers per word. */
  public static final int SIZE = 64;

  boolean has(long number) {
    return (present >>> (number - index * SIZE) & 1) == 1;
  }
}
