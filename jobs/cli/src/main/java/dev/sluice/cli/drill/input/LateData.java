// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ticks of another engine come minutes after their bucket was closed. */
final class LateData implements Fault {
  private static final String LATE = "late-1";
  private static final long MINUTE_US = 60 * OtherEngine.SECOND_US;
  private static final int HELD_BACK = 20;

  private long late;
  private long sent;

  @Override
  public String name() {
    return "late-data";
  }

  @Override
  public String about() {
    return "twenty ticks of a second engine come minutes after their bucket was closed; they are"
        + " amendments, counted, stored, and change no judgement";
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.beside(LATE);
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    long fromUs = stage.eventTimeUs() / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US;
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      OtherEngine engine = new OtherEngine(writer, LATE, Source.SIMULATED, fromUs);
      engine.play(fromUs, fromUs + MINUTE_US, OtherEngine.SECOND_US);
      List<byte[]> heldBack = new ArrayList<>();
      for (int i = 0; i < HELD_BACK; i++) {
        heldBack.add(engine.tick(fromUs + MINUTE_US + i * OtherEngine.SECOND_US / 4, false));
      }
      engine.play(fromUs + MINUTE_US, fromUs + 4 * MINUTE_US, OtherEngine.SECOND_US);
      writer.written();
      BucketsOf.await(stage, LATE, fromUs + 3 * MINUTE_US);
      heldBack.forEach(engine::send);
      engine.play(fromUs + 4 * MINUTE_US, fromUs + 5 * MINUTE_US, OtherEngine.SECOND_US);
      engine.end(fromUs + 5 * MINUTE_US);
      writer.written();
      late = heldBack.size();
      sent = engine.ticks();
      BucketsOf.await(stage, LATE, fromUs + 5 * MINUTE_US - OtherEngine.BUCKET_US);
    }
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    try (Datasets datasets = new Datasets(stage.datasets())) {
      long inTime = BucketsOf.sum(datasets, "buckets", LATE, false, "ticks");
      long amended = BucketsOf.sum(datasets, "amendments", LATE, false, "ticks");
      long stored = datasets.number("SELECT count(*) FROM ticks WHERE engine_id = '" + LATE + "'");
      return List.of(
          DrillCheck.of(
              amended == late && inTime == sent - late,
              "what is late amends, and nothing else",
              "%,d late, %,d in amendments; %,d in time, %,d in buckets",
              late,
              amended,
              sent - late,
              inTime),
          DrillCheck.of(
              stored == sent, "nothing is lost", "%,d ticks sent, %,d stored", sent, stored));
    }
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("late_ticks", late);
  }
}
