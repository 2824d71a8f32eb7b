// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.schemas.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Two partitions; the engine on one of them ends, and nothing more comes there. */
final class IdlePartition implements Fault {
  private static final int PARTITIONS = 2;
  private static final long MINUTE_US = 60 * OtherEngine.SECOND_US;

  private final String idle = elsewhere();

  @Override
  public String name() {
    return "idle-partition";
  }

  @Override
  public String about() {
    return "topics have two partitions, and the engine on the other one falls silent; this one is"
        + " judged on, in time";
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.partitions(PARTITIONS).beside(idle);
  }

  /** An engine's id whose records go to the other partition. */
  private static String elsewhere() {
    int own = partition(DrillPlan.ENGINE);
    for (int i = 1; ; i++) {
      if (partition("idle-" + i) != own) {
        return "idle-" + i;
      }
    }
  }

  private static int partition(String engineId) {
    return BuiltInPartitioner.partitionForKey(
        engineId.getBytes(StandardCharsets.UTF_8), PARTITIONS);
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    long fromUs = stage.eventTimeUs() / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US;
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      OtherEngine engine = new OtherEngine(writer, idle, Source.SIMULATED, fromUs);
      engine.play(fromUs, fromUs + MINUTE_US, OtherEngine.SECOND_US);
      writer.written();
    }
    BucketsOf.await(stage, idle, fromUs + MINUTE_US - 2 * OtherEngine.BUCKET_US);
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    return List.of(
        DrillCheck.of(
            stage.watermarkMs() >= stage.scenario().durationMs(),
            "the other partition is judged to its end",
            "%d s of %d s",
            stage.watermarkMs() / 1000,
            stage.scenario().durationMs() / 1000));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("partitions", PARTITIONS);
  }
}
