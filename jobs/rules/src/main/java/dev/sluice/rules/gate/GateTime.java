// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

/**
 * The wall clock as the gate is told it, epoch microseconds.
 *
 * @param startedUs when this gate process started or was restored; waits are not counted from
 *     before
 * @param checkpointUs when the last checkpoint completed, {@link #NO_CHECKPOINTS} when they are off
 */
public record GateTime(long wallUs, long startedUs, long checkpointUs) {
  /** Stands for "checkpoints are off": their age is not judged. */
  public static final long NO_CHECKPOINTS = -1;

  /** Milliseconds since the start of this process. */
  long ageMs() {
    return (wallUs - startedUs) / 1000;
  }

  /** Milliseconds since the later of {@code sinceUs} and the start of this process. */
  long elapsedMs(long sinceUs) {
    return (wallUs - Math.max(sinceUs, startedUs)) / 1000;
  }
}
