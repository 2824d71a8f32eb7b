// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What a tripped criterion asks for; ALERT asks for nothing but eyes and blocks promotion. */
public enum Action {
  ALERT,
  HOLD,
  ROLLBACK,
  REDUCE_ONLY,
  PAUSE,
  HALT,
  FLATTEN;

  /** The mode this action demands, RUN where it concerns the rollout or nobody. */
  public Mode mode() {
    return switch (this) {
      case ALERT, HOLD, ROLLBACK -> Mode.RUN;
      case REDUCE_ONLY -> Mode.REDUCE_ONLY;
      case PAUSE -> Mode.PAUSE;
      case HALT -> Mode.HALT;
      case FLATTEN -> Mode.FLATTEN;
    };
  }
}
