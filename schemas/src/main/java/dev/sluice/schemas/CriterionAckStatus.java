// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What a subtask made of a changed criterion. */
public enum CriterionAckStatus {
  /** It judges by it from the next bucket on. */
  APPLIED,
  /** It cannot be judged by; what was in force before stays. */
  REJECTED
}
