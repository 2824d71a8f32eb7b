// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/** Times the stages of a pass. Not thread-safe. */
public interface StageTimer {
  /** A pass begins. */
  void begin(long nowUs);

  /**
   * A stage has ended.
   *
   * @param work what the stage had to do: for FETCH_MD 0 for a served read and 1 for a fetch, for
   *     EMIT the calls to the venue, else 0
   * @return milliseconds since the stage before it ended
   */
  double lapMs(Stage stage, int work);
}
