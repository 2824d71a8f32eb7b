// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import java.util.List;

/**
 * Everything the judge remembers of one engine; operator state in a job, maps in a replay. Values
 * are immutable: what was put is what is got.
 */
public interface JudgeMemory extends CriterionMemory {
  /** The cursor, or null before the first put. */
  JudgeCursor cursor();

  void putCursor(JudgeCursor cursor);

  /** The slot of that start, or null. */
  BucketSlot slot(long startUs);

  void putSlot(BucketSlot slot);

  void removeSlot(long startUs);

  void clearSlots();

  /** Keys of all criteria remembered, in any order; a copy. */
  List<String> criterionKeys();

  void removeCriterion(String key);
}
