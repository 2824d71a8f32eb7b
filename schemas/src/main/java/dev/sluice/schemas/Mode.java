// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What an engine may do; the declaration order is the lattice, the later the more restrictive. */
public enum Mode {
  RUN,
  REDUCE_ONLY,
  PAUSE,
  HALT,
  FLATTEN;

  /** The more restrictive of the two. */
  public Mode max(Mode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** True when only a person may leave this mode. */
  public boolean needsPerson() {
    return this == HALT || this == FLATTEN;
  }
}
