// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/**
 * Restarts after a failure, for ever: the delay doubles, deterministically, and starts again after
 * a quiet time.
 */
public record RestartSettings(
    @Setting(value = "500ms", doc = "delay of the first restart") long initialDelayMs,
    @Setting(value = "30s", doc = "longest delay") long maxDelayMs,
    @Setting(value = "2.0", doc = "factor from one delay to the next") double multiplier,
    @Setting(value = "5m", doc = "a run this long makes the next delay the first again")
        long resetAfterMs) {

  public RestartSettings {
    Settings.atLeast("initial_delay (ms)", initialDelayMs, 1);
    Settings.atLeast("max_delay (ms)", maxDelayMs, initialDelayMs);
    if (!(multiplier >= 1.0)) {
      throw new IllegalArgumentException("multiplier must be at least 1.0, not " + multiplier);
    }
  }
}
