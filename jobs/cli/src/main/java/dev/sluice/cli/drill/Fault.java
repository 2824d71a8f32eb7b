// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Something that goes wrong, made for real in one run. An object serves one run and may keep what
 * it saw. {@link DrillRun} calls, from one thread: {@link #prepare} before anything runs, {@link
 * #open} once the broker serves and nothing else runs, {@link #inject} when the judge's watermark
 * has reached the fault's moment, {@link #check} when all has ended but the broker, {@link #close}
 * at the very end.
 */
public interface Fault {
  /** Of the command line, such as {@code kill-broker}. */
  String name();

  /** What happens and what must hold, one sentence. */
  String about();

  /** Whether it needs a cluster of processes as its judge. */
  default boolean needsCluster() {
    return false;
  }

  /**
   * Why it cannot be made on this machine, one sentence; null when it can. Such a drill is skipped
   * and says so.
   */
  default String impossible() {
    return null;
  }

  /**
   * When in its slot it is injected, event time, milliseconds: a breaker opens at the slot's start,
   * HALT is due after {@value DrillPlan#HALT_DUE_MS} ms, RESUME is sent after {@value
   * DrillPlan#RESUME_MS} ms.
   */
  default long atMs() {
    return DrillPlan.INJECT_MS;
  }

  /** Event time that belongs to it, milliseconds; no shorter than a slot. */
  default long lengthMs() {
    return DrillPlan.SLOT_MS;
  }

  /** Says what the run must be like: settings, other engines, faults of the scenario. */
  default void prepare(DrillPlan plan) {}

  /** Makes what must be there before the judge starts. */
  default void open(DrillStage stage) throws IOException, InterruptedException {}

  /**
   * Lets it happen, and undoes it where something has to be undone; returns when both are done.
   *
   * @throws DrillFailure when what must follow does not follow in time
   */
  void inject(DrillStage stage) throws IOException, InterruptedException;

  /** What must hold afterwards beside the invariants of every run. */
  default List<DrillCheck> check(DrillStage stage) {
    return List.of();
  }

  /** What was measured, by name with the unit last; known after {@link #check}. */
  default Map<String, Object> figures() {
    return Map.of();
  }

  /** Takes away what {@link #open} has made outside the run's directory. */
  default void close() {}
}
