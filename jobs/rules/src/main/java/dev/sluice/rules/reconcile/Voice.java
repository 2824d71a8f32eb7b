// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

/** When one side has been heard; all event time on its own clock, 0 for never. */
public final class Voice {
  public long sinceUs;
  public long heardUs;

  /** Start of the present stretch without a silence. */
  public long speakingSinceUs;

  public String runId = "";
  public long runSinceUs;

  public Voice() {}

  void hear(long timeUs, String run, long silentAfterUs) {
    if (sinceUs == 0) {
      sinceUs = timeUs;
    }
    if (speakingSinceUs == 0 || timeUs - heardUs > silentAfterUs) {
      speakingSinceUs = timeUs;
    }
    heardUs = Math.max(heardUs, timeUs);
    if (!run.equals(runId)) {
      runId = run;
      runSinceUs = timeUs;
    }
  }

  boolean silentAt(long timeUs, long silentAfterUs) {
    return heardUs == 0 || timeUs - heardUs > silentAfterUs;
  }
}
