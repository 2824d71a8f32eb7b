// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Everything the engine has sent so far is sent again, twice, by somebody who means well. */
final class DuplicateStorm implements Fault {
  /** What buckets count by number. */
  private static final List<String> COUNTED =
      List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH);

  /** What is told apart elsewhere. */
  private static final List<String> OTHERS =
      List.of(Topics.LEDGER, Topics.DROPCOPY, Topics.ACKS, Topics.COMMANDS);

  private static final int TIMES = 2;

  private long again;
  private long others;

  @Override
  public String name() {
    return "duplicate-storm";
  }

  @Override
  public String about() {
    return "everything the engine, its venue and its operator have sent is sent again, twice; it is"
        + " counted and changes nothing";
  }

  @Override
  public void inject(DrillStage stage) {
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      again = resend(stage, writer, COUNTED);
      others = resend(stage, writer, OTHERS);
    }
  }

  private static long resend(DrillStage stage, RecordWriter writer, List<String> topics) {
    byte[] engine = DrillPlan.ENGINE.getBytes(StandardCharsets.UTF_8);
    try (RecordTail tail = new RecordTail(stage.bootstrap(), topics, RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            if (Arrays.equals(engine, record.key()) && readable(record)) {
              for (int i = 0; i < TIMES; i++) {
                writer.send(record.topic(), record.partition(), DrillPlan.ENGINE, record.value());
              }
            }
          });
    }
    return writer.written().size();
  }

  /** The poison of another fault is not sent again: it is counted there. */
  private static boolean readable(ConsumerRecord<byte[], byte[]> record) {
    try {
      Json.read(record.value(), Datasets.EVENTS_BY_TOPIC.get(record.topic()).type());
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    try (var datasets = new dev.sluice.cli.dataset.Datasets(stage.datasets())) {
      long counted =
          BucketsOf.sum(datasets, "buckets", DrillPlan.ENGINE, true, "duplicates")
              + BucketsOf.sum(datasets, "amendments", DrillPlan.ENGINE, true, "duplicates");
      return List.of(
          DrillCheck.of(
              again > 0 && counted >= again,
              "duplicates are counted",
              "%,d sent again, %,d counted; nothing was decided by them",
              again,
              counted));
    }
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("numbered_records_again", again, "other_records_again", others);
  }
}
