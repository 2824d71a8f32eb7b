// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.RecordGenerator;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadMessageTest {
  private OneInputStreamOperatorTestHarness<RawRecord, Ack> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new ReadMessage<>(Topics.ACKS, Ack.class)));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void recordsOfItsTopicAreRead() throws Exception {
    Ack ack = new RecordGenerator(3).next(Ack.class);

    harness.processElement(raw(Topics.ACKS, 1, Json.write(ack)), 42);

    assertThat(harness.extractOutputValues()).containsExactly(ack);
    assertThat(deadLetters()).isNull();
  }

  @Test
  void recordsOfOtherTopicsArePassedOver() throws Exception {
    harness.processElement(raw(Topics.COMMANDS, 1, "{}".getBytes(UTF_8)), 42);

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(deadLetters()).isNull();
  }

  @Test
  void whatCannotBeReadIsADeadLetterAndTheNextRecordIsRead() throws Exception {
    Ack ack = new RecordGenerator(3).next(Ack.class);

    harness.processElement(raw(Topics.ACKS, 7, "{\"schema\": 1".getBytes(UTF_8)), 42);
    harness.processElement(raw(Topics.ACKS, 8, new byte[0]), 42);
    harness.processElement(raw(Topics.ACKS, 9, "{\"schema\": \"ack.v1\"}".getBytes(UTF_8)), 42);
    harness.processElement(raw(Topics.ACKS, 10, Json.write(ack)), 42);

    assertThat(harness.extractOutputValues()).containsExactly(ack);
    assertThat(deadLetters())
        .extracting(record -> record.getValue().offset())
        .containsExactly(7L, 8L, 9L);
    assertThat(deadLetters())
        .allSatisfy(
            record -> {
              assertThat(record.getValue().kind()).isEqualTo(DeadLetter.MALFORMED);
              assertThat(record.getValue().topic()).isEqualTo(Topics.ACKS);
              assertThat(record.getValue().reason()).startsWith("Ack: ");
            });
  }

  @Test
  void onlyTheFirstBytesOfAHugeRecordAreKept() throws Exception {
    harness.processElement(raw(Topics.ACKS, 1, new byte[10 * 1024 * 1024]), 42);

    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.getValue().sizeBytes()).isEqualTo(10 * 1024 * 1024);
              assertThat(record.getValue().bytes()).hasSize(DeadLetter.MAX_BYTES);
            });
  }

  private java.util.Queue<org.apache.flink.streaming.runtime.streamrecord.StreamRecord<DeadLetter>>
      deadLetters() {
    return harness.getSideOutput(ReadMessage.UNREADABLE);
  }

  private static RawRecord raw(String topic, long offset, byte[] value) {
    return new RawRecord(topic, 0, offset, 1_000, value);
  }
}
