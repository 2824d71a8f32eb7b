// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns the buckets of an arm into sums of slots. What happened in a bucket belongs to the slot of
 * its start, where that is the arm's. A markout belongs to the slot of its fill, which is over when
 * it comes due: one of 60 s in a bucket that starts at s is of a fill in the bucket that starts at
 * s − 60 s; one shorter than a bucket is of a fill in this bucket or at the end of the one before.
 * Fills of a warm-up have no arm, so a markout that falls there is of the last fills of the slot
 * before. Lives for one bucket of the whole engine; sums do not depend on the order of the parts.
 */
final class SlotBook {
  /** Most symbols of one engine; further ones are not counted. */
  static final int MAX_SYMBOLS = 256;

  private static final long SECOND_MS = 1_000;

  private final StageState stage;
  private final TrialState trial;
  private final TrialMemory memory;
  private final long bucketMs;

  SlotBook(StageState stage, TrialMemory memory, long bucketMs) {
    this.stage = stage;
    this.trial = stage.trial;
    this.memory = memory;
    this.bucketMs = bucketMs;
  }

  /**
   * Counts a bucket of one arm and symbol in.
   *
   * @param known whether the stage is surely that of the bucket: a heartbeat told it
   */
  void add(Bucket part, boolean known) {
    if (part.arm() == null || part.symbol() == null || !admits(part.symbol())) {
      return;
    }
    if (part.startUs() >= stage.firstUs() && part.events() > 0) {
      long slot = SlotAssignment.slot(part.startUs(), trial.slotMs());
      if (!inWarmup(part.startUs()) && arm(part.symbol(), slot) == part.arm()) {
        SlotSums sums = memory.slot(part.symbol(), slot);
        SlotSums to = sums == null ? begin(part.symbol(), slot, part.arm()) : sums;
        addEvents(to, part);
        memory.putSlot(to);
        stage.counted++;
      } else if (known) {
        blame(part);
      }
    }
    SlotSums after = ofFills(part, SECOND_MS, part.markout1s());
    if (after != null) {
      after.markout1sWeightE6 += part.markout1s().weightE6();
      after.markout1sSumE6 += part.markout1s().sumE6();
      memory.putSlot(after);
    }
    after = ofFills(part, 5 * SECOND_MS, part.markout5s());
    if (after != null) {
      after.markout5sWeightE6 += part.markout5s().weightE6();
      after.markout5sSumE6 += part.markout5s().sumE6();
      memory.putSlot(after);
    }
    after = ofFills(part, 30 * SECOND_MS, part.markout30s());
    if (after != null) {
      after.markout30sWeightE6 += part.markout30s().weightE6();
      after.markout30sSumE6 += part.markout30s().sumE6();
      memory.putSlot(after);
    }
    after = ofFills(part, 60 * SECOND_MS, part.markout60s());
    if (after != null) {
      after.markout60sWeightE6 += part.markout60s().weightE6();
      after.markout60sSumE6 += part.markout60s().sumE6();
      memory.putSlot(after);
    }
  }

  /** The slots of one block of a symbol that have data, in order. */
  List<SlotSums> slots(String symbol, long firstSlot, int count) {
    List<SlotSums> slots = new ArrayList<>();
    for (long slot = firstSlot; slot < firstSlot + count; slot++) {
      SlotSums sums = memory.slot(symbol, slot);
      if (sums != null) {
        slots.add(sums);
      }
    }
    return slots;
  }

  /** A block is done with. */
  void forget(String symbol, long firstSlot, int count) {
    for (long slot = firstSlot; slot < firstSlot + count; slot++) {
      memory.removeSlot(symbol, slot);
    }
  }

  private boolean admits(String symbol) {
    int at = Collections.binarySearch(stage.symbols, symbol);
    if (at < 0 && stage.symbols.size() >= MAX_SYMBOLS) {
      return false;
    }
    if (at < 0) {
      stage.symbols.add(-at - 1, symbol);
    }
    return true;
  }

  /** A tick is of the slot it falls in. An order is of the slot it was decided in, for good. */
  private void blame(Bucket part) {
    if (part.ticks() > 0) {
      stage.misassigned++;
    } else if (part.fills() > 0 || part.ordersIntended() > 0 || part.filledIntents() > 0) {
      stage.strays++;
    }
  }

  private static SlotSums begin(String symbol, long slot, Arm arm) {
    SlotSums sums = new SlotSums();
    sums.symbol = symbol;
    sums.slot = slot;
    sums.arm = arm;
    return sums;
  }

  private static void addEvents(SlotSums sums, Bucket part) {
    sums.coveredMs += part.ticks() > 0 ? part.widthMs() : 0;
    sums.ticks += part.ticks();
    sums.deadlineMisses += part.deadlineMisses();
    sums.fills += part.fills();
    sums.takerFills += part.takerFills();
    sums.notionalE6 += part.notionalE6();
    sums.takerNotionalE6 += part.takerNotionalE6();
    sums.ordersIntended += part.ordersIntended();
    sums.filledIntents += part.filledIntents();
    sums.captureWeightE6 += part.capture().weightE6();
    sums.captureSumE6 += part.capture().sumE6();
    sums.slippageWeightE6 += part.slippage().weightE6();
    sums.slippageSumE6 += part.slippage().sumE6();
    sums.feeWeightE6 += part.fee().weightE6();
    sums.feeSumE6 += part.fee().sumE6();
    sums.totalUsHistogram = SlotSums.merged(sums.totalUsHistogram, part.totalUsHistogram());
  }

  /** The sums of the slot whose fills these markouts are of; null when they are of no open one. */
  private SlotSums ofFills(Bucket part, long horizonMs, EdgeSum markout) {
    if (markout.weightE6() == 0) {
      return null;
    }
    long filledUs = part.startUs() - horizonMs / bucketMs * bucketMs * 1_000;
    long slot = SlotAssignment.slot(filledUs, trial.slotMs()) - (inWarmup(filledUs) ? 1 : 0);
    SlotSums sums = memory.slot(part.symbol(), slot);
    return sums != null && sums.arm == part.arm() ? sums : null;
  }

  private boolean inWarmup(long atUs) {
    return Math.floorMod(atUs, trial.slotMs() * 1_000) < trial.warmupMs() * 1_000;
  }

  private Arm arm(String symbol, long slot) {
    return SlotAssignment.arm(trial.salt(), symbol, slot, trial.treatmentShare());
  }
}
