// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.schemas.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another engine sends ten times as many ticks a second as this one, for five seconds. */
final class RecordStorm implements Fault {
  private static final String STORM = "storm-1";
  private static final int TIMES = 10;
  private static final int SECONDS = 5;
  private static final int MOST = 50_000;
  private static final int STEPS_A_SECOND = 20;
  private static final long EVERY_US = 10_000;
  private static final Duration IN_TIME = Duration.ofSeconds(60);
  private static final Duration MEASURE = Duration.ofSeconds(2);

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private long sent;
  private double judgedS;

  @Override
  public String name() {
    return "record-storm";
  }

  @Override
  public String about() {
    return "a second engine sends ten times the ticks of the first for five seconds; all of them are"
        + " judged, and both engines in time";
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.beside(STORM);
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    double ownPerSecond = ownRate(stage);
    int perStep =
        (int)
            Math.min(MOST / (SECONDS * STEPS_A_SECOND), TIMES * ownPerSecond / STEPS_A_SECOND + 1);
    long fromUs = stage.eventTimeUs() / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US;
    long timeUs = fromUs;
    long worstLagUs = 0;
    long startNs = System.nanoTime();
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      OtherEngine storm = new OtherEngine(writer, STORM, Source.SIMULATED, fromUs);
      for (int step = 0; step < SECONDS * STEPS_A_SECOND; step++) {
        long untilUs = timeUs + perStep * EVERY_US;
        storm.play(timeUs, untilUs, EVERY_US);
        timeUs = untilUs;
        worstLagUs = Math.max(worstLagUs, stage.eventTimeUs() - stage.watermarkUs());
        long dueNs = startNs + TimeUnit.SECONDS.toNanos(1) * (step + 1) / STEPS_A_SECOND;
        TimeUnit.NANOSECONDS.sleep(Math.max(0, dueNs - System.nanoTime()));
      }
      storm.end(timeUs);
      writer.written();
      sent = storm.ticks();
    }
    double sendingS = (System.nanoTime() - startNs) / 1e9;
    BucketsOf.await(stage, STORM, (timeUs - 1) / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US);
    judgedS = (System.nanoTime() - startNs) / 1e9 - sendingS;
    figures.put("own_ticks_per_s", Math.round(ownPerSecond));
    figures.put("storm_ticks_per_s", Math.round(sent / sendingS));
    figures.put("worst_watermark_lag_s", worstLagUs / 1_000_000);
    figures.put("storm_judged_after_its_end_s", Math.round(judgedS * 10) / 10.0);
  }

  /** Ticks of the engine per second of the wall clock, as it is now. */
  private static double ownRate(DrillStage stage) throws InterruptedException {
    long before = stage.observations().glance().events();
    long startNs = System.nanoTime();
    Thread.sleep(MEASURE.toMillis());
    return (stage.observations().glance().events() - before)
        / ((System.nanoTime() - startNs) / 1e9);
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    try (Datasets datasets = new Datasets(stage.datasets())) {
      long judged = BucketsOf.sum(datasets, "buckets", STORM, false, "ticks");
      return List.of(
          DrillCheck.of(
              sent > 0 && judged == sent,
              "all of the storm is judged",
              "%,d ticks sent, %,d in buckets",
              sent,
              judged),
          DrillCheck.of(
              judgedS <= IN_TIME.toSeconds(),
              "the storm is judged in time",
              "%.1f s after its end, %d allowed",
              judgedS,
              IN_TIME.toSeconds()));
    }
  }

  @Override
  public Map<String, Object> figures() {
    return figures;
  }
}
