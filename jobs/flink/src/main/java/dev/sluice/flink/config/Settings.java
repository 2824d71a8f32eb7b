// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/** Checks of values; the message is completed with the section and the file. */
final class Settings {
  private Settings() {}

  static void atLeast(String name, long value, long minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " must be at least " + minimum + ", not " + value);
    }
  }

  static void atMost(String name, long value, long maximum) {
    if (value > maximum) {
      throw new IllegalArgumentException(name + " must be at most " + maximum + ", not " + value);
    }
  }

  static void present(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
  }
}
