// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** One checkpoint of a job: the state of every subtask, and how far each partition was read. */
final class Checkpoint {
  final long number;
  final Map<Partition, Integer> offsets = new LinkedHashMap<>();
  private final int parallelism;
  private final Map<String, OperatorSubtaskState[]> states = new LinkedHashMap<>();
  private int missing;

  /**
   * @param subtasks how many must say that they have done it
   */
  Checkpoint(long number, int parallelism, int subtasks) {
    this.number = number;
    this.parallelism = parallelism;
    this.missing = subtasks;
  }

  void done(Subtask subtask, OperatorSubtaskState state) {
    missing--;
    if (state != null) {
      states
              .computeIfAbsent(
                  subtask.operator.uid,
                  uid -> new OperatorSubtaskState[subtask.operator.single ? 1 : parallelism])[
              subtask.index] =
          state;
    }
  }

  boolean complete() {
    return missing == 0;
  }

  /** What one subtask of a job of another parallelism takes over; null when there is nothing. */
  OperatorSubtaskState of(Plan.Operator operator, int newParallelism, int index) throws Exception {
    OperatorSubtaskState[] parts = states.get(operator.uid);
    if (parts == null) {
      return null;
    }
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repackageState(Arrays.copyOf(parts, parts.length));
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        whole, Job.MAX_PARALLELISM, parts.length, newParallelism, index);
  }
}
