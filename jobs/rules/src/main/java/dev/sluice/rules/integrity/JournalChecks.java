// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.OrderState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Intents without an outcome, and orders of the venue without an intent: absences, judged late. */
final class JournalChecks {
  private final Checks checks;
  private final IntegrityState state;
  private final IntegrityMemory memory;

  JournalChecks(Checks checks) {
    this.checks = checks;
    this.state = checks.state();
    this.memory = checks.memory();
  }

  /** Notes the venue's word on an order. */
  void copy(DropCopy copy, InputRange at) {
    WatchedOrder watched = memory.order(copy.clientOrderId());
    if (watched != null && watched.state != null) {
      return;
    }
    boolean begins = copy.state() == OrderState.ACKED || copy.state() == OrderState.REJECTED;
    boolean beforeUs = !begins && state.holes > 0;
    boolean known = memory.remembered(Checks.ORDER + copy.clientOrderId()) != null;
    if (known || (watched == null && beforeUs)) {
      return;
    }
    if (watched == null) {
      watched = new WatchedOrder();
      watched.clientOrderId = copy.clientOrderId();
    }
    long engineUs = copy.venueTimeUs() - state.skewUs;
    if (watched.copyUs == 0) {
      watched.copyUs = engineUs;
      watched.at = at;
      watched.source = copy.source();
      watched.symbol = copy.symbol();
      watched.side = copy.side();
      watched.qty = copy.qty();
    }
    watched.cumQty = watched.cumQty.max(copy.cumQty());
    watched.endedUs = copy.state().terminal() ? engineUs : watched.endedUs;
    memory.putOrder(watched);
  }

  /** Everything before the time is known: who has not answered, and whom can be forgotten. */
  void until() {
    List<WatchedOrder> due = new ArrayList<>();
    List<WatchedOrder> all = memory.orders();
    for (WatchedOrder watched : all) {
      if (watched.state == null ? unexplained(watched) : unanswered(watched)) {
        due.add(watched);
      } else if (over(watched)) {
        forget(watched);
      }
    }
    due.sort(
        Comparator.comparingLong(JournalChecks::sinceUs).thenComparing(each -> each.clientOrderId));
    for (WatchedOrder watched : due) {
      if (watched.state == null) {
        withoutIntent(watched);
      } else {
        withoutOutcome(watched);
      }
      memory.putOrder(watched);
    }
    makeRoom(all);
  }

  private static long sinceUs(WatchedOrder watched) {
    return watched.state == null ? watched.copyUs : watched.waitsSinceUs;
  }

  private boolean unanswered(WatchedOrder watched) {
    return watched.waitsSinceUs > 0
        && watched.findingId == null
        && checks.livedTo(checks.deadlineUs(watched.waitsSinceUs, checks.answerWithinUs()) + 1);
  }

  private boolean unexplained(WatchedOrder watched) {
    boolean standing = watched.findingId != null;
    boolean endedUnfilled = watched.endedUs > 0 && watched.cumQty.signum() == 0;
    if (standing) {
      return endedUnfilled && watched.endedUs <= state.untilUs;
    }
    return watched.copyUs > 0 && watched.found == 0 && state.untilUs >= intentDueUs(watched);
  }

  private long intentDueUs(WatchedOrder watched) {
    return watched.copyUs + checks.settings().intentGraceMs() * 1_000;
  }

  private void withoutOutcome(WatchedOrder watched) {
    long dueUs = checks.deadlineUs(watched.waitsSinceUs, checks.answerWithinUs());
    String reason =
        watched.state + " for more than " + checks.settings().answerWithinMs() / 1_000 + " s";
    watched.findingId =
        checks
            .findings()
            .confirm(
                Checks.about(
                    FindingKind.INTENT_WITHOUT_OUTCOME,
                    watched.clientOrderId,
                    watched.symbol,
                    watched.qty,
                    watched.at,
                    reason),
                watched.source,
                watched.waitsSinceUs,
                dueUs);
  }

  private void withoutIntent(WatchedOrder watched) {
    if (watched.findingId != null) {
      checks.findings().heal(watched.findingId, watched.endedUs, "it has ended without a fill");
      watched.findingId = null;
      return;
    }
    watched.found = 1;
    watched.findingId =
        checks
            .findings()
            .confirm(
                Checks.about(
                    FindingKind.ORDER_WITHOUT_INTENT,
                    watched.clientOrderId,
                    watched.symbol,
                    null,
                    watched.at,
                    "the venue holds an order that the engine has never told of"),
                watched.source,
                watched.copyUs,
                intentDueUs(watched));
  }

  private boolean over(WatchedOrder watched) {
    if (watched.findingId != null) {
      return false;
    }
    long endUs = watched.state == null && watched.endedUs == 0 ? onlyHeardUs(watched) : watched.endedUs;
    return endUs > 0 && state.untilUs >= endUs + checks.keepUs();
  }

  private static long onlyHeardUs(WatchedOrder watched) {
    return watched.copyUs == 0 ? watched.sinceUs : 0;
  }

  private void forget(WatchedOrder watched) {
    if (watched.state != null) {
      state.ended[watched.state.ordinal()]++;
      state.executedQty = state.executedQty.add(watched.executed());
      memory.remember(
          Checks.ORDER + watched.clientOrderId,
          watched.intentId + "|" + watched.state + "|" + watched.runId,
          checks.settings().maxRememberedIds());
    }
    memory.removeOrder(watched.clientOrderId);
  }

  private void makeRoom(List<WatchedOrder> all) {
    int tooMany = all.size() - checks.settings().maxWatched();
    if (tooMany <= 0) {
      return;
    }
    all.sort(
        Comparator.comparingLong((WatchedOrder each) -> Math.max(each.sinceUs, each.copyUs))
            .thenComparing(each -> each.clientOrderId));
    for (WatchedOrder watched : all.subList(0, tooMany)) {
      state.givenUp++;
      memory.removeOrder(watched.clientOrderId);
    }
  }
}
