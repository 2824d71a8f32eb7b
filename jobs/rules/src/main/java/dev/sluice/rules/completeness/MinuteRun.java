// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

/**
 * Minutes one after another, each with a tick.
 *
 * @param first minutes since the epoch
 * @param last included
 */
public record MinuteRun(long first, long last) {
  long minutes() {
    return last - first + 1;
  }
}
