// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.schemas.Bucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Memory in maps, for replays and tests. Not thread-safe. */
public final class HeapTrialMemory implements TrialMemory {
  private final Map<String, CriterionState> criteria = new HashMap<>();
  private final Map<String, SlotSums> slots = new HashMap<>();
  private final TreeMap<Long, SafetyBlock> blocks = new TreeMap<>();
  private final List<Bucket> parts = new ArrayList<>();
  private StageState stage = new StageState();
  private AnalysisState analysis;

  @Override
  public CriterionState criterion(String key) {
    return criteria.get(key);
  }

  @Override
  public void putCriterion(String key, CriterionState next) {
    criteria.put(key, next);
  }

  @Override
  public StageState stage() {
    return stage;
  }

  @Override
  public void putStage(StageState next) {
    stage = next;
  }

  @Override
  public AnalysisState analysis() {
    return analysis;
  }

  @Override
  public void putAnalysis(AnalysisState next) {
    analysis = next;
  }

  @Override
  public List<Bucket> parts() {
    return new ArrayList<>(parts);
  }

  @Override
  public void addPart(Bucket part) {
    parts.add(part);
  }

  @Override
  public void clearParts() {
    parts.clear();
  }

  @Override
  public SlotSums slot(String symbol, long slot) {
    return slots.get(slot + "|" + symbol);
  }

  @Override
  public void putSlot(SlotSums sums) {
    slots.put(sums.slot + "|" + sums.symbol, sums);
  }

  @Override
  public void removeSlot(String symbol, long slot) {
    slots.remove(slot + "|" + symbol);
  }

  @Override
  public void clearSlots() {
    slots.clear();
  }

  @Override
  public List<SafetyBlock> blocks() {
    return new ArrayList<>(blocks.values());
  }

  @Override
  public void putBlock(SafetyBlock block) {
    blocks.put(block.startUs, block);
  }

  @Override
  public void removeBlock(long startUs) {
    blocks.remove(startUs);
  }

  @Override
  public void forgetStage() {
    analysis = null;
    slots.clear();
    blocks.clear();
    criteria.clear();
  }

  /** How many slots are in memory. */
  public int slotCount() {
    return slots.size();
  }

  /** How many criteria are in memory. */
  public int criterionCount() {
    return criteria.size();
  }
}
