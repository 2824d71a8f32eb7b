// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import static dev.sluice.flink.KeyedState.access;
import static dev.sluice.flink.KeyedState.change;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.trial.AnalysisState;
import dev.sluice.rules.trial.SafetyBlock;
import dev.sluice.rules.trial.SlotSums;
import dev.sluice.rules.trial.StageState;
import dev.sluice.rules.trial.TrialMemory;
import dev.sluice.schemas.Bucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The memory of the judge of trials in Flink's keyed state, of the current key. */
final class KeyedTrialMemory implements TrialMemory {
  private final ValueState<StageState> stage;
  private final ValueState<AnalysisState> analysis;
  private final ListState<Bucket> parts;
  private final MapState<String, SlotSums> slots;
  private final MapState<Long, SafetyBlock> blocks;
  private final MapState<String, CriterionState> criteria;

  KeyedTrialMemory(RuntimeContext context) {
    stage =
        context.getState(new ValueStateDescriptor<>("stage", TypeInformation.of(StageState.class)));
    analysis =
        context.getState(
            new ValueStateDescriptor<>("analysis", TypeInformation.of(AnalysisState.class)));
    parts =
        context.getListState(new ListStateDescriptor<>("parts", TypeInformation.of(Bucket.class)));
    slots =
        context.getMapState(
            new MapStateDescriptor<>("slots", Types.STRING, TypeInformation.of(SlotSums.class)));
    blocks =
        context.getMapState(
            new MapStateDescriptor<>("blocks", Types.LONG, TypeInformation.of(SafetyBlock.class)));
    criteria =
        context.getMapState(
            new MapStateDescriptor<>(
                "criteria", Types.STRING, TypeInformation.of(CriterionState.class)));
  }

  @Override
  public StageState stage() {
    StageState state = access(stage::value);
    return state == null ? new StageState() : state;
  }

  @Override
  public void putStage(StageState next) {
    change(() -> stage.update(next));
  }

  @Override
  public AnalysisState analysis() {
    return access(analysis::value);
  }

  @Override
  public void putAnalysis(AnalysisState next) {
    change(() -> analysis.update(next));
  }

  @Override
  public List<Bucket> parts() {
    List<Bucket> all = new ArrayList<>();
    change(() -> parts.get().forEach(all::add));
    return all;
  }

  @Override
  public void addPart(Bucket part) {
    change(() -> parts.add(part));
  }

  @Override
  public void clearParts() {
    parts.clear();
  }

  @Override
  public SlotSums slot(String symbol, long slot) {
    return access(() -> slots.get(key(symbol, slot)));
  }

  @Override
  public void putSlot(SlotSums sums) {
    change(() -> slots.put(key(sums.symbol, sums.slot), sums));
  }

  @Override
  public void removeSlot(String symbol, long slot) {
    change(() -> slots.remove(key(symbol, slot)));
  }

  @Override
  public void clearSlots() {
    slots.clear();
  }

  @Override
  public List<SafetyBlock> blocks() {
    List<SafetyBlock> all = new ArrayList<>();
    change(() -> blocks.values().forEach(all::add));
    all.sort(Comparator.comparingLong(block -> block.startUs));
    return all;
  }

  @Override
  public void putBlock(SafetyBlock block) {
    change(() -> blocks.put(block.startUs, block));
  }

  @Override
  public void removeBlock(long startUs) {
    change(() -> blocks.remove(startUs));
  }

  @Override
  public CriterionState criterion(String key) {
    return access(() -> criteria.get(key));
  }

  @Override
  public void putCriterion(String key, CriterionState state) {
    change(() -> criteria.put(key, state));
  }

  @Override
  public void forgetStage() {
    analysis.clear();
    slots.clear();
    blocks.clear();
    criteria.clear();
  }

  private static String key(String symbol, long slot) {
    return slot + "|" + symbol;
  }
}
