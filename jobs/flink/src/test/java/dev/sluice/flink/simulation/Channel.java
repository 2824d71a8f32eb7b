// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** Records and barriers on their way from one subtask to another, in their order. */
final class Channel {
  /**
   * @param barrier number of the checkpoint whose barrier it is, 0 for a record
   * @param sinceMs when it was sent
   */
  record Item(Object value, long timestampMs, long barrier, long sinceMs) {}

  /** All that was there when a reader's clock showed this time is in front of it. */
  record ReadThrough(long clockMs) {}

  final Subtask from;
  final Subtask to;
  final boolean second;
  private final Deque<Item> items = new ArrayDeque<>();

  /**
   * @param second into the second input of {@code to}
   */
  Channel(Subtask from, Subtask to, boolean second) {
    this.from = from;
    this.to = to;
    this.second = second;
  }

  void send(Object value, long timestampMs, long nowMs) {
    items.add(new Item(value, timestampMs, 0, nowMs));
  }

  void readThrough(long clockMs, long nowMs) {
    items.add(new Item(new ReadThrough(clockMs), Long.MIN_VALUE, 0, nowMs));
  }

  void barrier(long checkpoint, long nowMs) {
    items.add(new Item(null, 0, checkpoint, nowMs));
  }

  Item head() {
    return items.peekFirst();
  }

  Item take() {
    return items.removeFirst();
  }

  /** A barrier waits here for those of the other inputs. */
  boolean blocked() {
    return !items.isEmpty() && items.peekFirst().barrier() > 0 && !to.aligned();
  }

  boolean ready() {
    return !items.isEmpty() && !blocked();
  }

  @Override
  public String toString() {
    return from + ">" + to;
  }
}
