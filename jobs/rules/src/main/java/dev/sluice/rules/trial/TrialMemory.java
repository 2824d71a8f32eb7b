// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.judge.CriterionMemory;
import dev.sluice.schemas.Bucket;
import java.util.List;

/** All that is remembered of one engine. Objects handed out are put back when changed. */
public interface TrialMemory extends CriterionMemory {
  /** Never null. */
  StageState stage();

  void putStage(StageState stage);

  /** The statistics of the stage, or null. */
  AnalysisState analysis();

  void putAnalysis(AnalysisState analysis);

  /** Buckets of an arm whose start is not closed yet, in no order. */
  List<Bucket> parts();

  void addPart(Bucket part);

  void clearParts();

  /** The sums of a slot whose block is not done with, or null. */
  SlotSums slot(String symbol, long slot);

  void putSlot(SlotSums sums);

  void removeSlot(String symbol, long slot);

  void clearSlots();

  /** The closed blocks kept, oldest first. */
  List<SafetyBlock> blocks();

  void putBlock(SafetyBlock block);

  void removeBlock(long startUs);

  /** Forgets everything of a stage: statistics, slots, blocks and criteria. */
  void forgetStage();
}
