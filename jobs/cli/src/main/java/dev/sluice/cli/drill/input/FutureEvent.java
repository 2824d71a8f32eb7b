// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.schemas.Source;
import java.util.List;
import java.util.Map;

/** Another engine sends a tick and a heartbeat that are an hour ahead of everything. */
final class FutureEvent implements Fault {
  private static final String FUTURE = "future-1";
  private static final long MINUTE_US = 60 * OtherEngine.SECOND_US;
  private static final long HOUR_US = 60 * MINUTE_US;
  private static final int AHEAD = 2;

  private long fromUs;
  private long untilUs;
  private long ticks;

  @Override
  public String name() {
    return "future-event";
  }

  @Override
  public String about() {
    return "a tick and a heartbeat of a second engine are one hour ahead; they are quarantined and"
        + " its time does not jump";
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.beside(FUTURE);
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    fromUs = stage.eventTimeUs() / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US;
    untilUs = fromUs + 4 * MINUTE_US;
    long middleUs = fromUs + 2 * MINUTE_US;
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      OtherEngine engine = new OtherEngine(writer, FUTURE, Source.SIMULATED, fromUs);
      engine.play(fromUs, middleUs, OtherEngine.SECOND_US);
      engine.send(engine.tick(middleUs + HOUR_US, false));
      engine.sendHeartbeat(engine.heartbeat(middleUs + HOUR_US));
      engine.play(middleUs, untilUs, OtherEngine.SECOND_US);
      engine.end(untilUs);
      writer.written();
      ticks = engine.ticks();
    }
    BucketsOf.await(stage, FUTURE, untilUs - OtherEngine.BUCKET_US);
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    try (Datasets datasets = new Datasets(stage.datasets())) {
      long letters =
          datasets.has("deadletters")
              ? datasets.number(
                  "SELECT count(*) FROM deadletters WHERE kind = 'QUARANTINED' AND engine_id = '"
                      + FUTURE
                      + "'")
              : 0;
      long judged = BucketsOf.sum(datasets, "buckets", FUTURE, false, "ticks");
      long aheadUs =
          datasets.number(
                  "SELECT max(epoch_us(start_us)) FROM buckets WHERE engine_id = '" + FUTURE + "'")
              - untilUs;
      return List.of(
          DrillCheck.of(
              letters == AHEAD,
              "what is ahead is quarantined",
              "%d of %d have a dead letter",
              letters,
              AHEAD),
          DrillCheck.of(
              judged == ticks - 1, "the rest is judged", "%,d of %,d ticks", judged, ticks - 1),
          DrillCheck.of(
              aheadUs < HOUR_US / 4,
              "time does not jump",
              "the newest bucket begins %,d s after the stream's end",
              aheadUs / OtherEngine.SECOND_US));
    }
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("events_ahead", AHEAD);
  }
}
