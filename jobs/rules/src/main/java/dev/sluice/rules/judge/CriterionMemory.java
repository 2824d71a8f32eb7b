// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

/** What is remembered of criteria, by criterion and scope key. Values are immutable. */
public interface CriterionMemory {
  /** State of one criterion on one scope key, or null. */
  CriterionState criterion(String key);

  void putCriterion(String key, CriterionState state);
}
