// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

/** What the gate knows of an engine's answer to its newest control record. */
public enum Obedience {
  /** Nothing was asked yet, or the answer is within its time. */
  WAITING,
  /** The newest record is EFFECTIVE; with mode HALT or FLATTEN the engine is halted. */
  OBEYING,
  /** No RECEIVED within the time allowed. */
  SILENT,
  /** RECEIVED, but not EFFECTIVE within the time allowed. */
  DISOBEYING
}
