// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.storage;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The disk of the datasets stands still for nine tenths of the time. */
final class SlowDisk implements Fault {
  private static final int PULSES = 10;
  private static final long STILL_MS = 900;
  private static final long MOVING_MS = 100;
  private static final long MOST_LAG_S = 60;

  private SmallDisk disk;
  private long worstLagUs;

  @Override
  public String name() {
    return "slow-disk";
  }

  @Override
  public String about() {
    return "the disk of the datasets stands still for 0.9 s of each of ten seconds: judgement goes"
        + " on, nothing is restarted, and no row is missing";
  }

  @Override
  public String impossible() {
    return SmallDisk.impossible();
  }

  @Override
  public long atMs() {
    return DrillPlan.INJECT_MS;
  }

  @Override
  public void open(DrillStage stage) throws IOException {
    disk = SmallDisk.mount(stage.datasets());
  }

  @Override
  public void inject(DrillStage stage) throws IOException, InterruptedException {
    try {
      for (int pulse = 0; pulse < PULSES; pulse++) {
        disk.freeze();
        Thread.sleep(STILL_MS);
        disk.thaw();
        worstLagUs = Math.max(worstLagUs, stage.eventTimeUs() - stage.watermarkUs());
        Thread.sleep(MOVING_MS);
      }
    } finally {
      disk.thaw();
    }
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    return List.of(
        DrillCheck.of(
            worstLagUs <= MOST_LAG_S * 1_000_000,
            "judgement keeps up",
            "at most %.1f s of event time behind the engine, %d allowed",
            worstLagUs / 1e6,
            MOST_LAG_S));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("worst_watermark_lag_s", worstLagUs / 1_000_000);
  }

  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
