// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Control;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each decision has its effect once per life of the engine: the epochs that a life has made
 * effective rise, and EFFECTIVE is said again only of a record that was sent again. Pure.
 */
final class EffectOnce {
  private static final String WHAT = "every effect once per life of the engine";

  private EffectOnce() {}

  /**
   * @param acks of one engine, in the order of its stream
   * @param records of its control, with those sent again
   */
  static DrillCheck of(List<Ack> acks, List<Control> records) {
    Map<Long, Integer> sent = new HashMap<>();
    records.forEach(control -> sent.merge(control.epoch(), 1, Integer::sum));
    Map<String, Long> newestByRun = new HashMap<>();
    Map<String, Integer> said = new HashMap<>();
    List<String> problems = new ArrayList<>();
    int effects = 0;
    for (Ack ack : acks) {
      if (ack.status() != AckStatus.EFFECTIVE) {
        continue;
      }
      effects++;
      Long before = newestByRun.put(ack.runId(), ack.epoch());
      if (before != null && before > ack.epoch()) {
        problems.add(
            "life " + ack.runId() + " went back from epoch " + before + " to " + ack.epoch());
      }
      int times = said.merge(ack.runId() + "/" + ack.epoch(), 1, Integer::sum);
      if (times > sent.getOrDefault(ack.epoch(), 0)) {
        problems.add(
            "epoch "
                + ack.epoch()
                + " was made effective "
                + times
                + " times in life "
                + ack.runId()
                + ", and sent "
                + sent.getOrDefault(ack.epoch(), 0)
                + " times");
      }
    }
    return problems.isEmpty()
        ? DrillCheck.pass(WHAT, "%d EFFECTIVE in %d lives", effects, newestByRun.size())
        : new DrillCheck(WHAT, false, String.join("; ", problems));
  }
}
