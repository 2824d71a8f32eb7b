// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Evidence;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;

/** Records for the tests of the gate; times in seconds of event time. */
final class GateRecords {
  private GateRecords() {}

  static Verdict progress(String engine, long seconds) {
    return progress(engine, "criteria", seconds);
  }

  static Verdict progress(String engine, String judge, long seconds) {
    return verdict(engine, Verdict.PROGRESS, Verdict.JUDGE + judge, seconds, null, 0);
  }

  /** TRIPPED with an action, CLEAR without. */
  static Verdict verdict(
      String engine, String criterion, long seconds, Action action, long episode) {
    return verdict(engine, criterion, "", seconds, action, episode);
  }

  private static Verdict verdict(
      String engine, String criterion, String scope, long seconds, Action action, long episode) {
    boolean trips = action != null;
    return new Verdict(
        Verdict.SCHEMA,
        engine + criterion + scope + seconds + action,
        criterion,
        "hash",
        engine,
        scope,
        seconds * 1_000_000,
        Source.PAPER,
        trips ? VerdictOutcome.BREACH : VerdictOutcome.PASS,
        trips ? Phase.TRIPPED : Phase.CLEAR,
        seconds * 1_000_000,
        episode * 1_000_000,
        Severity.CRITICAL,
        action,
        Enforcement.ENFORCE,
        new Evidence(trips ? 0.4 : null, 0.5, "ratio", 60_000, 9, 1.0, 0, 5, null, "because"));
  }

  static Ack ack(String engine, String decisionId, long epoch, AckStatus status) {
    return new Ack(
        Ack.SCHEMA,
        engine,
        "run",
        1,
        0,
        Source.PAPER,
        decisionId,
        epoch,
        Mode.PAUSE,
        status,
        0,
        List.of(),
        0,
        null,
        null,
        null);
  }

  static Command flags(String engine, String id, Map<String, Boolean> flags) {
    return new Command(
        Command.SCHEMA,
        id,
        engine,
        "tester",
        "because",
        CommandAction.SET_FLAGS,
        "engine",
        null,
        0,
        null,
        null,
        flags);
  }

  static Command command(String engine, String id, CommandAction action, String criterion) {
    return new Command(
        Command.SCHEMA,
        id,
        engine,
        "tester",
        "because",
        action,
        "engine",
        criterion,
        0,
        criterion == null ? null : 1_000_000_000L);
  }
}
