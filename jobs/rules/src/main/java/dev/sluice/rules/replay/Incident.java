// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

/**
 * A time at which an engine should not have run: what really happened, against which criteria are
 * measured.
 *
 * @param fromUs when it began, event time
 * @param untilUs when it was over
 */
public record Incident(String name, String engineId, long fromUs, long untilUs) {
  boolean covers(Decided decided) {
    return engineId.equals(decided.engineId())
        && decided.atUs() >= fromUs
        && decided.atUs() <= untilUs;
  }

  boolean covers(Episode episode) {
    return engineId.equals(episode.engineId())
        && episode.trippedUs() >= fromUs
        && episode.trippedUs() <= untilUs;
  }
}
