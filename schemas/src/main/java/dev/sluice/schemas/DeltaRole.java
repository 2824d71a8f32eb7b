// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What a difference between the arms is looked at for. */
public enum DeltaRole {
  /** Must be better by so much, and surely better than nothing. */
  GOAL,
  /** Must surely not be worse by more than a margin. */
  GUARDRAIL,
  /** Is shown, and holds a promotion while it is surely worse. */
  SIGNAL
}
