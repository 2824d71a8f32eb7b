// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.RecordGenerator;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.SequenceState;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** Both operators, with a snapshot and a restore between every element. */
class SequenceFunctionTest {
  private static final SequenceSettings SETTINGS =
      SequenceSettings.defaults().withRoster(List.of("mm-1"));
  private static final OutputTag<DeadLetter> DEAD =
      new OutputTag<>("dead", TypeInformation.of(DeadLetter.class));

  private final List<DeadLetter> letters = new ArrayList<>();

  @Test
  void restoringBetweenEveryElementGivesTheUninterruptedResult() throws Exception {
    List<SequenceInput> inputs = read(VenueScript.mixed(3));
    List<EngineEvent> uninterrupted = sequence(inputs, false);
    assertThat(uninterrupted).hasSizeGreaterThan(100).anyMatch(EngineEvent::time);
    assertThat(sequence(inputs, true)).isEqualTo(uninterrupted);
  }

  @Test
  void theTimerTellsWhenTheVenueIsSilent() throws Exception {
    try (KeyedOneInputStreamOperatorTestHarness<String, SequenceInput, EngineEvent> harness =
        harness()) {
      harness.open();
      harness.setProcessingTime(0);
      for (SequenceInput input : read(new VenueScript().health(0).health(60).records())) {
        harness.processElement(input, 0);
      }
      assertThat(harness.extractOutputValues()).noneMatch(EngineEvent::time);
      for (long ms = 100; ms <= 10_100; ms += 100) {
        harness.setProcessingTime(ms);
      }
      assertThat(harness.extractOutputValues())
          .as("perhaps only not read")
          .noneMatch(EngineEvent::time);
      for (long ms = 10_200; ms <= 20_200; ms += 100) {
        harness.processWatermark(ms);
        harness.setProcessingTime(ms);
      }
      EngineEvent last = last(harness.extractOutputValues());
      assertThat(last.engineUntilUs()).isEqualTo(VenueScript.at(60));
      assertThat(last.venueUntilUs()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void onlyDropCopiesAndLedgersAreReportedUnlessTheSettingsSayMore() throws Exception {
    List<RawRecord> bad = new ArrayList<>();
    for (String topic : List.of(Topics.ORDERS, Topics.DROPCOPY, Topics.LEDGER, Topics.HEALTH)) {
      bad.add(new RawRecord(topic, 1, 7, 5, "{}".getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(read(bad)).isEmpty();
    assertThat(letters)
        .extracting(DeadLetter::topic)
        .containsExactly(Topics.DROPCOPY, Topics.LEDGER);
    assertThat(letters.get(0).reason()).contains("missing field");
    assertThat(letters.get(0).partition()).isEqualTo(1);
    assertThat(letters.get(0).offset()).isEqualTo(7);
    letters.clear();
    read(bad, SETTINGS.reportingDeadLettersOf(List.of(Topics.ORDERS, Topics.HEALTH)));
    assertThat(letters).extracting(DeadLetter::topic).containsExactly(Topics.ORDERS, Topics.HEALTH);
  }

  @Test
  void impossibleMessagesAreRefusedAndTheirOffsetsAreKnown() throws Exception {
    List<RawRecord> bad = new VenueScript().copy(1, "c-1", "-1").copy(2, "c-1", "1e40").records();
    List<SequenceInput> inputs = read(bad);
    assertThat(inputs).hasSize(2).allMatch(input -> input.message() == null);
    assertThat(inputs.get(1).seenAt().lastOffset()).isEqualTo(1);
    assertThat(letters)
        .extracting(DeadLetter::kind)
        .containsExactly(DeadLetter.QUARANTINED, DeadLetter.QUARANTINED);
  }

  @Test
  void enginesThatAreNotExpectedAreRefused() throws Exception {
    read(new VenueScript().health(0).records(), SETTINGS.withRoster(List.of("other")));
    assertThat(letters).isEmpty();
    List<SequenceInput> inputs =
        read(new VenueScript().venueLedger(0).records(), SETTINGS.withRoster(List.of("other")));
    assertThat(inputs).isEmpty();
    assertThat(letters).extracting(DeadLetter::kind).containsExactly(DeadLetter.UNKNOWN_ENGINE);
  }

  @Test
  void messagesAndStateHaveTheirOwnSerializers() throws Exception {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    assertThat(TypeInformation.of(SequenceState.class).createSerializer(strict)).isNotNull();
    assertThat(TypeInformation.of(SequenceInput.class).createSerializer(strict)).isNotNull();
    var serializer = TypeInformation.of(EngineEvent.class).createSerializer(strict);
    RecordGenerator generator = new RecordGenerator(5);
    for (int i = 0; i < 20; i++) {
      EngineEvent event = generator.next(EngineEvent.class);
      DataOutputSerializer out = new DataOutputSerializer(256);
      serializer.serialize(event, out);
      assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
          .usingRecursiveComparison()
          .isEqualTo(event);
    }
  }

  private List<EngineEvent> sequence(List<SequenceInput> inputs, boolean restore) throws Exception {
    List<EngineEvent> events = new ArrayList<>();
    KeyedOneInputStreamOperatorTestHarness<String, SequenceInput, EngineEvent> harness = harness();
    harness.open();
    long checkpoint = 0;
    for (SequenceInput input : inputs) {
      harness.processElement(input, 0);
      if (restore) {
        OperatorSubtaskState snapshot = harness.snapshot(++checkpoint, checkpoint);
        events.addAll(harness.extractOutputValues());
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
      }
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);
    events.addAll(harness.extractOutputValues());
    harness.close();
    return events;
  }

  private List<SequenceInput> read(List<RawRecord> records) throws Exception {
    return read(records, SETTINGS);
  }

  private List<SequenceInput> read(List<RawRecord> records, SequenceSettings settings)
      throws Exception {
    try (OneInputStreamOperatorTestHarness<RawRecord, SequenceInput> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ReadMessagesFunction(settings, DEAD)))) {
      harness.setup(TypeInformation.of(SequenceInput.class).createSerializer(config()));
      harness.open();
      for (RawRecord record : records) {
        harness.processElement(record, 0);
      }
      Queue<StreamRecord<DeadLetter>> side = harness.getSideOutput(DEAD);
      if (side != null) {
        side.forEach(letter -> letters.add(letter.getValue()));
      }
      return harness.extractOutputValues();
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, SequenceInput, EngineEvent>
      harness() throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, SequenceInput, EngineEvent> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new SequenceFunction(SETTINGS, DEAD)),
            SequenceInput::engineId,
            Types.STRING);
    harness.setup(TypeInformation.of(EngineEvent.class).createSerializer(config()));
    return harness;
  }

  private static SerializerConfigImpl config() {
    return new SerializerConfigImpl();
  }

  private static EngineEvent last(List<EngineEvent> events) {
    return events.get(events.size() - 1);
  }
}
