// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What a change of a criterion while the jobs run makes of it. */
public enum LiveMode {
  /** Judged beside what is in force, under an id of its own; nothing acts on it. */
  SHADOW,
  /** In force instead of what the files say. */
  ENFORCE,
  /** Taken back: what the files say is in force, which may be nothing. */
  REVERTED
}
