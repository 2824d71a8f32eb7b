// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.drill.DrillStage;
import java.time.Duration;

/** Kafka is away for longer than a lease permits. */
final class BrokerDown extends ClusterFault {
  private final Duration down;

  /** Away for at least so long, and until the engine has been seen to stop quoting. */
  BrokerDown(Duration down) {
    super(
        "broker-down",
        "the broker is away for "
            + down.toSeconds()
            + " s; the engine's lease lapses, it stops quoting, and all go on when it is back");
    this.down = down;
  }

  @Override
  public long atMs() {
    return BEFORE_THE_HALT_MS;
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    awaitRunningEngine(stage);
    Recovery recovery = begin(stage);
    stage.killBroker();
    recovery.awaitSafeEngine(stage);
    long leftMs = down.toMillis() - (long) (recovery.seconds() * 1000);
    if (leftMs > 0) {
      Thread.sleep(leftMs);
    }
    stage.startBroker();
    recovery.note("broker_back_s", recovery.seconds());
    recovery.awaitJobs(stage);
    recovery.awaitJudged(stage);
  }
}
