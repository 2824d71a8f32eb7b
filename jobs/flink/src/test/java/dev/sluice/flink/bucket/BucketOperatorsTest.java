// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static dev.sluice.flink.bucket.EngineScript.START_US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.EngineScript.Kind;
import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Both operators, with a snapshot and a restore between every element. */
class BucketOperatorsTest {
  private static final BucketSettings SETTINGS = BucketSettings.defaults();
  private static final OutputTag<Health> HEALTH =
      new OutputTag<>("health", TypeInformation.of(Health.class));
  private static final OutputTag<RiskEvent> RISK =
      new OutputTag<>("risk", TypeInformation.of(RiskEvent.class));
  private static final OutputTag<Bucket> AMENDMENTS =
      new OutputTag<>("amendments", TypeInformation.of(Bucket.class));
  private static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead", TypeInformation.of(DeadLetter.class));

  private final List<EngineUpdate> updates = new ArrayList<>();
  private final List<Bucket> buckets = new ArrayList<>();
  private final List<Bucket> amendments = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  @Test
  void restoringBetweenEveryElementGivesTheUninterruptedResult() throws Exception {
    List<RawRecord> input = script();
    run(input, false);
    List<String> uninterrupted = json(buckets);
    int letters = deadLetters.size();
    assertThat(uninterrupted).hasSize(8);
    assertThat(letters).isPositive();
    updates.clear();
    buckets.clear();
    deadLetters.clear();
    run(input, true);
    assertThat(json(buckets)).isEqualTo(uninterrupted);
    assertThat(deadLetters).hasSize(letters);
  }

  @Test
  void aTickAfterItsBucketClosedIsAnAmendmentAlsoOverARestore() throws Exception {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 20).health(START_US + 20_000_000L);
    script.tick(START_US + 3_000_000L).trade(20, 40).health(START_US + 40_000_000L);
    partials(script.asAppended(), true);
    merge(false);
    List<String> whole = json(buckets);
    List<String> late = json(amendments);
    assertThat(amendments).hasSize(1);
    Bucket amendment = amendments.get(0);
    assertThat(amendment.engineId()).isEqualTo("mm-1");
    assertThat(amendment.symbol()).isEqualTo(EngineScript.SYMBOL);
    assertThat(amendment.arm()).isNull();
    assertThat(amendment.startUs()).isEqualTo(START_US);
    assertThat(amendment.amendedAtUs()).isEqualTo(START_US + 20_000_000L);
    assertThat(amendment.ticks()).isEqualTo(1);
    assertThat(amendment.events()).isEqualTo(1);
    assertThat(buckets)
        .filteredOn(bucket -> bucket.wholeEngine() && bucket.late() > 0)
        .singleElement()
        .matches(b -> b.startUs() == amendment.amendedAtUs() && b.late() == 1);
    buckets.clear();
    amendments.clear();
    merge(true);
    assertThat(json(buckets)).isEqualTo(whole);
    assertThat(json(amendments)).isEqualTo(late);
  }

  @Test
  void identitiesSurviveARescaleOfTheSource() throws Exception {
    List<RawRecord> input = new EngineScript("mm-1", 1).trade(0, 10).asAppended();
    OperatorSubtaskState snapshot;
    try (OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> one = partials(1, 0)) {
      one.open();
      for (RawRecord raw : input) {
        one.processElement(raw, 0);
      }
      one.prepareSnapshotPreBarrier(1);
      snapshot = one.snapshot(1, 1);
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      updates.clear();
      OperatorSubtaskState part =
          OneInputStreamOperatorTestHarness.repartitionOperatorState(snapshot, 8, 1, 2, subtask);
      try (OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> half = partials(2, subtask)) {
        half.initializeState(part);
        half.open();
        for (RawRecord raw : input) {
          half.processElement(raw, 0);
        }
        half.prepareSnapshotPreBarrier(2);
        drain(half);
        long duplicates =
            updates.stream()
                .flatMap(update -> List.of(update.parts()).stream())
                .mapToLong(Bucket::duplicates)
                .sum();
        long numbered = input.stream().filter(raw -> !raw.topic().contains("ledger")).count();
        assertThat(duplicates).as("subtask %d", subtask).isEqualTo(numbered);
      }
    }
  }

  @Test
  void whatWasReadGoesBeforeTheWordThatItWas() throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> reader = partials(1, 0)) {
      reader.open();
      new EngineScript("mm-1", 1).trade(0, 3).asAppended().forEach(raw -> add(reader, raw));
      reader.processWatermark(1_000);
      List<Object> said = List.copyOf(reader.getOutput());
      assertThat(said.get(said.size() - 1)).isEqualTo(new Watermark(1_000));
      assertThat(said).hasSizeGreaterThan(1);
    }
  }

  @Test
  void nothingIsLostWhileAReaderHasNotReadThrough() throws Exception {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 10).loseTicks(4);
    script.health(START_US + 10_000_000L).health(START_US + 20_000_000L);
    partials(script.asAppended(), false);
    try (var merger = merger()) {
      merger.open();
      long nowMs = 10_000; // warm
      merger.setProcessingTime(nowMs);
      for (EngineUpdate update : updates) {
        merger.processElement(update, 0);
      }
      for (int period = 0; period < 200; period++) {
        merger.setProcessingTime(nowMs += BucketSettings.FIRING_MS);
      }
      assertThat(merger.extractOutputValues()).as("held up for ten seconds").isEmpty();
      for (int period = 0; period < 80; period++) {
        merger.processWatermark(nowMs);
        merger.setProcessingTime(nowMs += BucketSettings.FIRING_MS);
      }
      assertThat(merger.extractOutputValues()).as("read, and nothing came").isNotEmpty();
    }
  }

  private static void add(
      OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> reader, RawRecord raw) {
    try {
      reader.processElement(raw, 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<RawRecord> script() {
    EngineScript script = new EngineScript("mm-1", 1).trade(0, 12).loseTicks(3);
    script.tick(START_US + 3_612_000_000L).trade(12, 20);
    script.publish(Kind.TICK, "{}".getBytes(StandardCharsets.UTF_8)).repeatLast(Kind.FILL);
    script.restart("mm-1-run-2").trade(20, 40).health(START_US + 40_000_000L);
    return script.asAppended();
  }

  private void run(List<RawRecord> input, boolean restore) throws Exception {
    partials(input, restore);
    merge(restore);
  }

  private void partials(List<RawRecord> input, boolean restore) throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> harness = partials(1, 0);
    harness.open();
    long checkpoint = 0;
    for (RawRecord raw : input) {
      harness.processElement(raw, 0);
      if (restore) {
        harness.prepareSnapshotPreBarrier(++checkpoint);
        OperatorSubtaskState snapshot = harness.snapshot(checkpoint, checkpoint);
        drain(harness);
        harness.close();
        harness = partials(1, 0);
        harness.initializeState(snapshot);
        harness.open();
      }
    }
    harness.endInput();
    harness.getOperator().finish();
    drain(harness);
    harness.close();
  }

  private void merge(boolean restore) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, EngineUpdate, Bucket> harness = merger();
    harness.open();
    long checkpoint = 0;
    for (EngineUpdate update : updates) {
      harness.processElement(update, 0);
      if (restore) {
        OperatorSubtaskState snapshot = harness.snapshot(++checkpoint, checkpoint);
        collect(harness);
        harness.close();
        harness = merger();
        harness.initializeState(snapshot);
        harness.open();
      }
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);
    collect(harness);
    harness.close();
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> partials(
      int parallelism, int subtask) throws Exception {
    OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> harness =
        new OneInputStreamOperatorTestHarness<>(
            new PartialBucketOperator(SETTINGS, HEALTH, RISK, DEAD), 8, parallelism, subtask);
    harness.setup(serializer(TypeInformation.of(EngineUpdate.class)));
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, EngineUpdate, Bucket> merger()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, EngineUpdate, Bucket> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new BucketMergeFunction(SETTINGS, AMENDMENTS, DEAD)),
            EngineUpdate::engineId,
            Types.STRING);
    harness.setup(serializer(TypeInformation.of(Bucket.class)));
    return harness;
  }

  private static <T> org.apache.flink.api.common.typeutils.TypeSerializer<T> serializer(
      TypeInformation<T> type) {
    return type.createSerializer(new SerializerConfigImpl());
  }

  private void drain(OneInputStreamOperatorTestHarness<RawRecord, EngineUpdate> harness) {
    updates.addAll(harness.extractOutputValues());
    letters(harness.getSideOutput(DEAD));
  }

  private void collect(
      KeyedOneInputStreamOperatorTestHarness<String, EngineUpdate, Bucket> harness) {
    buckets.addAll(harness.extractOutputValues());
    var late = harness.getSideOutput(AMENDMENTS);
    if (late != null) {
      late.forEach(amendment -> amendments.add(amendment.getValue()));
    }
    letters(harness.getSideOutput(DEAD));
  }

  private void letters(
      java.util.Queue<org.apache.flink.streaming.runtime.streamrecord.StreamRecord<DeadLetter>>
          side) {
    if (side != null) {
      side.forEach(letter -> deadLetters.add(letter.getValue()));
    }
  }

  private static List<String> json(List<Bucket> some) {
    return some.stream()
        .map(bucket -> new String(Json.write(bucket), StandardCharsets.UTF_8))
        .toList();
  }

  /** Nothing here may fall to generic serialization. */
  @Test
  void everyMessageAndStateHasItsOwnSerializer() {
    ExecutionConfig config = new ExecutionConfig();
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    assertThat(config).isNotNull();
    for (Class<?> type :
        List.of(
            EngineUpdate.class,
            TrackedEngine.class,
            EngineState.class,
            OpenStart.class,
            Bucket.class,
            Health.class,
            DeadLetter.class)) {
      assertThat(TypeInformation.of(type).createSerializer(strict)).as("%s", type).isNotNull();
    }
  }
}
