// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.SlotAssignment;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes blocks: hands the slots of a block that lies wholly within the stage to the statistics, at
 * once and again when its markouts are known, and keeps its sums for the safety of the trial. Lives
 * for one bucket of the whole engine.
 */
final class BlockBook {
  /** After a block's end its last markout, a minute, comes due within one more bucket. */
  private static final long LONGEST_MARKOUT_MS = 60_000;

  private final StageState stage;
  private final TrialAnalysis analysis;
  private final TrialMemory memory;
  private final SlotBook slots;
  private final long bucketMs;
  private final int blockSlots;
  private final long blockUs;

  BlockBook(
      StageState stage, TrialAnalysis analysis, TrialMemory memory, SlotBook slots, long bucketMs) {
    this.stage = stage;
    this.analysis = analysis;
    this.memory = memory;
    this.slots = slots;
    this.bucketMs = bucketMs;
    this.blockSlots = SlotAssignment.blockSlots(stage.trial.treatmentShare());
    this.blockUs = blockSlots * stage.trial.slotMs() * 1_000;
  }

  /**
   * Closes what ends with this bucket.
   *
   * @return the blocks kept, oldest first, when one has closed, which is the last; else none
   */
  List<SafetyBlock> close(long endUs) {
    long markedUs = endUs - (LONGEST_MARKOUT_MS + bucketMs) * 1_000;
    boolean marked = Math.floorMod(markedUs, blockUs) == 0 && markedUs > stage.trial.sinceUs();
    boolean closed = Math.floorMod(endUs, blockUs) == 0 && endUs > stage.firstUs();
    if (marked) {
      analyse(Part.MARKED, markedUs);
      forget(markedUs);
    }
    if (!closed) {
      return List.of();
    }
    analyse(Part.AT_ONCE, endUs);
    keep(endUs);
    return withoutOld(endUs);
  }

  private void analyse(Part part, long endUs) {
    if (endUs - blockUs < stage.firstUs()) {
      return;
    }
    AnalysisState state = memory.analysis();
    for (String symbol : stage.symbols) {
      List<SlotSums> of = slots.slots(symbol, firstSlot(endUs), blockSlots);
      if (!of.isEmpty()) {
        analysis.block(state, part, symbol, firstSlot(endUs) / blockSlots, of);
      }
    }
    memory.putAnalysis(state);
  }

  private long firstSlot(long endUs) {
    return SlotAssignment.slot(endUs - blockUs, stage.trial.slotMs());
  }

  private void forget(long endUs) {
    for (String symbol : stage.symbols) {
      slots.forget(symbol, firstSlot(endUs), blockSlots);
    }
  }

  private void keep(long endUs) {
    SafetyBlock block = new SafetyBlock();
    block.startUs = Math.max(endUs - blockUs, stage.firstUs());
    block.endUs = endUs;
    for (String symbol : stage.symbols) {
      for (SlotSums sums : slots.slots(symbol, firstSlot(endUs), blockSlots)) {
        block.of(sums.arm).addAtOnce(sums);
      }
    }
    memory.putBlock(block);
  }

  private List<SafetyBlock> withoutOld(long endUs) {
    List<SafetyBlock> kept = new ArrayList<>();
    for (SafetyBlock block : memory.blocks()) {
      if (block.startUs < endUs - SafetyWindow.MOST_US) {
        memory.removeBlock(block.startUs);
      } else {
        kept.add(block);
      }
    }
    return kept;
  }
}
