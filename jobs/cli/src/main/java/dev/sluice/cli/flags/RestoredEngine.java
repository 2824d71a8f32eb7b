// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flags;

import java.util.List;

/**
 * What became of one engine.
 *
 * @param tookMs from the command to the heartbeat that shows the flags, −1 where there was none
 * @param reason the gate's or the engine's, empty for none
 * @param differences the flags that are not as in the snapshot; {@code before} is what it wants,
 *     {@code after} what the newest heartbeat says
 */
public record RestoredEngine(
    String engineId, State state, long tookMs, String reason, List<FlagDifference> differences) {
  /** How it ended. */
  public enum State {
    /** Its heartbeats had the flags before anything was sent. */
    ALREADY,
    /** Its heartbeats have them now. */
    RESTORED,
    /** The gate or the engine refused them. */
    REFUSED,
    /** Its heartbeats did not show them in time. */
    TIMED_OUT
  }

  /** Whether its heartbeats show the flags. */
  public boolean ok() {
    return state == State.ALREADY || state == State.RESTORED;
  }

  /** For people. */
  public String text() {
    StringBuilder text = new StringBuilder(engineId).append(": ").append(state);
    if (tookMs >= 0) {
      text.append(", ").append(tookMs).append(" ms after the command");
    }
    if (!reason.isEmpty()) {
      text.append(": ").append(reason);
    }
    for (FlagDifference difference : differences) {
      text.append("\n  ").append(difference.flag()).append(" should be ");
      text.append(difference.before()).append(", is ");
      text.append(difference.after() == null ? "not known" : difference.after());
    }
    return text.toString();
  }
}
