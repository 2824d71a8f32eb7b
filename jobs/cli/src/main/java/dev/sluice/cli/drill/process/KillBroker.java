// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.drill.DrillStage;

/** Kafka dies and is back at once. */
final class KillBroker extends ClusterFault {
  KillBroker() {
    super("kill-broker", "the broker is killed and started again at once; nobody else dies of it");
  }

  @Override
  public void inject(DrillStage stage) throws InterruptedException {
    Recovery recovery = begin(stage);
    stage.killBroker();
    stage.startBroker();
    recovery.note("broker_back_s", recovery.seconds());
    recovery.awaitJobs(stage);
    recovery.awaitJudged(stage);
  }
}
