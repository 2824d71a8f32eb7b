// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

/** Defects that can be planted in a simulated world, to show that the simulation would see them. */
enum Defect {
  NONE,
  /** The operator that closes buckets comes back without its state. */
  BUCKETS_FORGET,
  /** The judge comes back without its state: holds begin anew. */
  JUDGE_FORGETS,
  /** A checkpoint notes one record more than was read. */
  OFFSETS_AHEAD,
  /** A checkpoint notes one record less than was read. */
  OFFSETS_BEHIND,
  /** Sinks answer a barrier before what they hold is written. */
  SINKS_LOSE,
  /** A subtask takes its state when the first barrier comes, and goes on reading other inputs. */
  BARRIERS_NOT_ALIGNED;

  /** The operator that forgets, null when none does. */
  String forgetful() {
    return switch (this) {
      case BUCKETS_FORGET -> "bucket-merge-v1";
      case JUDGE_FORGETS -> "stop-judge-v1";
      case NONE, OFFSETS_AHEAD, OFFSETS_BEHIND, SINKS_LOSE, BARRIERS_NOT_ALIGNED -> null;
    };
  }
}
