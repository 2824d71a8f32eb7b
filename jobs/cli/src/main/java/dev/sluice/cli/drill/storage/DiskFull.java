// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.storage;

import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The disk of the datasets is full; what then fails is repeated once there is room again. */
final class DiskFull implements Fault {
  private static final Duration RUNS = Duration.ofSeconds(60);
  private static final Duration FALLBACK = Duration.ofSeconds(90);

  /** While the disk is full each restart of the jobs ends in another; the delay between doubles. */
  private static final int RESTARTS = 15;

  private SmallDisk disk;
  private long freeBytes = -1;
  private int restarts;
  private String modeWithout = "";

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String about() {
    return "the disk of the datasets is full until the jobs fail: the engine falls back without a"
        + " judge, and no row is missing or double once there is room again";
  }

  @Override
  public String impossible() {
    return SmallDisk.impossible();
  }

  @Override
  public long atMs() {
    return DrillPlan.RESUME_MS + 30_000;
  }

  /** Its RESUME may be replayed, and then waits before it is heard. */
  @Override
  public long lengthMs() {
    return 2 * DrillPlan.SLOT_MS;
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.restarts(RESTARTS);
  }

  @Override
  public void open(DrillStage stage) throws IOException {
    disk = SmallDisk.mount(stage.datasets());
  }

  @Override
  public void inject(DrillStage stage) throws IOException, InterruptedException {
    stage.await("a valid lease", RUNS, () -> !stage.fallenBack());
    int before = stage.judge().restarts();
    Path filler = disk.fill();
    try {
      freeBytes = disk.freeBytes();
      stage.await(
          "the end of the lease with a full disk",
          FALLBACK,
          () -> stage.judge().restarts() > before && stage.fallenBack());
      modeWithout = stage.engineMode();
    } finally {
      Files.delete(filler);
    }
    restarts = stage.judge().restarts() - before;
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    return List.of(
        DrillCheck.of(
            restarts > 0 && !modeWithout.isEmpty() && !modeWithout.equals("RUN"),
            "no judge, no running engine",
            "the jobs were restarted %d times, and the engine went to %s by itself",
            restarts,
            modeWithout));
  }

  @Override
  public Map<String, Object> figures() {
    return Map.of("free_bytes_when_full", freeBytes, "restarts_while_full", restarts);
  }

  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
