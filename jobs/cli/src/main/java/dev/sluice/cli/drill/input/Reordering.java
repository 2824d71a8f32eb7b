// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.input;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Two engines send the same stream, one of them in another order. */
final class Reordering implements Fault {
  private static final String ORDERED = "ordered-1";
  private static final String SHUFFLED = "shuffled-1";
  private static final long MINUTES = 12;
  private static final long EVERY_US = OtherEngine.SECOND_US / 2;

  /** Ticks that change places: those of four seconds, less than the five that are waited for. */
  private static final int BLOCK = 8;

  /** One pass in ten misses its deadline: more than the criterion allows, for longer. */
  private static final int SLOW_EVERY = 10;

  private static final String VERDICTS =
      """
      SELECT criterion_id, scope_key, epoch_us(event_time_us) AS us, outcome, phase, action,
             evidence_measured
      FROM verdicts WHERE engine_id = '{engine}' AND criterion_id IN ('deadline-miss', 'cache-hit')
        AND epoch_us(event_time_us) <= {until} ORDER BY ALL""";

  private long fromUs;
  private long moved;
  private int verdicts;

  @Override
  public String name() {
    return "reordering";
  }

  @Override
  public String about() {
    return "two engines send the same stream, one of them shuffled within four seconds; the verdicts"
        + " are the same";
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.beside(ORDERED).beside(SHUFFLED);
  }

  /**
   * Bucket by bucket, each judged before the next: a heartbeat that is read minutes ahead of the
   * ticks, as after a long outage, would give up every hole at once.
   */
  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    fromUs = stage.eventTimeUs() / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US;
    Random random = new Random(7);
    try (RecordWriter writer = new RecordWriter(stage.bootstrap());
        BucketFollower buckets = new BucketFollower(stage)) {
      OtherEngine ordered = new OtherEngine(writer, ORDERED, Source.SIMULATED, fromUs);
      OtherEngine shuffled = new OtherEngine(writer, SHUFFLED, Source.SIMULATED, fromUs);
      for (long atUs = fromUs; atUs < untilUs(); atUs += OtherEngine.BUCKET_US) {
        ticks(ordered, atUs).forEach(ordered::send);
        shuffled(ticks(shuffled, atUs), random).forEach(shuffled::send);
        writer.written();
        long borderUs = atUs + OtherEngine.BUCKET_US;
        ordered.sendHeartbeat(ordered.heartbeat(borderUs));
        shuffled.sendHeartbeat(shuffled.heartbeat(borderUs));
        writer.written();
        buckets.await(List.of(ORDERED, SHUFFLED), atUs);
      }
      ordered.end(untilUs());
      shuffled.end(untilUs());
      writer.written();
    }
  }

  private long untilUs() {
    return fromUs + MINUTES * 60 * OtherEngine.SECOND_US;
  }

  /** The ticks of one bucket. */
  private static List<byte[]> ticks(OtherEngine engine, long startUs) {
    List<byte[]> ticks = new ArrayList<>();
    for (int i = 0; i * EVERY_US < OtherEngine.BUCKET_US; i++) {
      ticks.add(engine.tick(startUs + i * EVERY_US, i % SLOW_EVERY == 0));
    }
    return ticks;
  }

  private List<byte[]> shuffled(List<byte[]> ticks, Random random) {
    List<byte[]> all = new ArrayList<>(ticks);
    for (int from = 0; from < all.size(); from += BLOCK) {
      Collections.shuffle(all.subList(from, Math.min(all.size(), from + BLOCK)), random);
    }
    for (int i = 0; i < all.size(); i++) {
      moved += all.get(i) == ticks.get(i) ? 0 : 1;
    }
    return all;
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    try (Datasets datasets = new Datasets(stage.datasets())) {
      List<List<Object>> ordered = verdicts(datasets, ORDERED);
      List<List<Object>> shuffled = verdicts(datasets, SHUFFLED);
      verdicts = ordered.size();
      long tripped =
          ordered.stream().filter(row -> String.valueOf(row.get(4)).equals("TRIPPED")).count();
      long counted = BucketsOf.sum(datasets, "buckets", SHUFFLED, true, "reordered");
      return List.of(
          DrillCheck.of(
              ordered.equals(shuffled) && tripped > 0,
              "the same verdicts in either order",
              "%d verdicts in order, %d shuffled, %s; %d of them tripped",
              ordered.size(),
              shuffled.size(),
              ordered.equals(shuffled) ? "word for word the same" : "and they differ",
              tripped),
          DrillCheck.of(
              counted > 0,
              "what changed places is counted",
              "%,d ticks moved, %,d counted",
              moved,
              counted));
    }
  }

  private List<List<Object>> verdicts(Datasets datasets, String engineId) {
    return datasets
        .query(VERDICTS.replace("{engine}", engineId).replace("{until}", Long.toString(untilUs())))
        .values();
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("moved_ticks", moved, "verdicts", verdicts);
  }
}
