// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

/** Validation of configured values. */
final class Check {
  private Check() {}

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
