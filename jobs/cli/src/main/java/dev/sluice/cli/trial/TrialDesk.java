// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads from the topics where trials stand. One thread. */
public final class TrialDesk {
  private final KafkaAccess kafka;

  /** Connects when asked. */
  public TrialDesk(KafkaAccess kafka) {
    this.kafka = kafka;
  }

  /** Every engine that has, or had, a trial; by id. */
  public List<TrialStanding> standings() {
    Standings standings = new Standings();
    read(
        List.of(Topics.CONTROL, Topics.HEALTH, Topics.TRIALS, Topics.VERDICTS),
        (topic, value) -> {
          switch (topic) {
            case Topics.CONTROL -> standings.control(Json.read(value, Control.class));
            case Topics.HEALTH -> standings.health(Json.read(value, Health.class));
            case Topics.TRIALS -> standings.status(Json.read(value, TrialStatus.class));
            case Topics.VERDICTS -> standings.verdict(Json.read(value, Verdict.class));
            default -> throw new IllegalStateException(topic);
          }
        });
    return standings.all();
  }

  /** All that was said of trials, in the order of the topic. */
  public TrialHistory history() {
    TrialHistory.Builder history = new TrialHistory.Builder();
    read(
        List.of(Topics.TRIALS), (topic, value) -> history.add(Json.read(value, TrialStatus.class)));
    return history.build();
  }

  /** Takes one record; what is malformed is the judge's to report. */
  @FunctionalInterface
  private interface Heard {
    void heard(String topic, byte[] value) throws MalformedException;
  }

  private void read(List<String> topics, Heard heard) {
    try (RecordTail tail = new RecordTail(kafka, topics, RecordTail.From.BEGINNING)) {
      tail.drain(record -> take(record, heard));
    }
  }

  private static void take(ConsumerRecord<byte[], byte[]> record, Heard heard) {
    if (record.value() == null) {
      return;
    }
    try {
      heard.heard(record.topic(), record.value());
    } catch (MalformedException e) {
      return; // foreign bytes on the topic: the jobs report them as dead letters
    }
  }
}
