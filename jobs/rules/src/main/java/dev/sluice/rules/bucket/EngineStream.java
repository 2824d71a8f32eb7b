// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

/** The numbered streams of an engine; the first three are declared by its heartbeats. */
public enum EngineStream {
  TICKS(0),
  ORDERS(1),
  FILLS(2),
  HEALTH(3);

  private static final EngineStream[] ALL = values();

  private final int index;

  EngineStream(int index) {
    this.index = index;
  }

  /** Position in arrays kept per stream, 0 to {@link #count()} − 1; part of checkpointed state. */
  public int index() {
    return index;
  }

  /** The stream with this index. */
  public static EngineStream of(int index) {
    return ALL[index];
  }

  public static int count() {
    return ALL.length;
  }
}
