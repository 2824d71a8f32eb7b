// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.schemas.Control;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * No decision lost, none doubled: the epochs of an engine are a chain from 1 without a hole, one
 * epoch is one decision, one decision in one mode is one epoch. A record may be there more than
 * once: control is at-least-once. Pure.
 */
final class DecisionChain {
  private static final String WHAT = "no decision lost, none doubled";

  private DecisionChain() {}

  /**
   * @param records of one engine's control, everything that was ever on the topic
   * @param doubled decisions under two epochs that nothing excuses, one line each
   */
  static DrillCheck of(List<Control> records, List<String> doubled) {
    Map<Long, String> decisionByEpoch = new HashMap<>();
    List<String> problems = new ArrayList<>(doubled);
    for (Control control : records) {
      String decision = control.decisionId() + " " + control.mode();
      String before = decisionByEpoch.putIfAbsent(control.epoch(), decision);
      if (before != null && !before.equals(decision)) {
        problems.add("epoch " + control.epoch() + " is both " + before + " and " + decision);
      }
    }
    List<Long> missing =
        LongStream.rangeClosed(
                1, decisionByEpoch.keySet().stream().mapToLong(e -> e).max().orElse(0))
            .filter(epoch -> !decisionByEpoch.containsKey(epoch))
            .boxed()
            .toList();
    if (!missing.isEmpty()) {
      problems.add("the epochs " + missing + " are missing");
    }
    if (records.isEmpty()) {
      problems.add("there is no decision at all");
    }
    return problems.isEmpty()
        ? DrillCheck.pass(WHAT, "epochs 1 to %d without a hole", decisionByEpoch.size())
        : new DrillCheck(WHAT, false, String.join("; ", problems));
  }
}
