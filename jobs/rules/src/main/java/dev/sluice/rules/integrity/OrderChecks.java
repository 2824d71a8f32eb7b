// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import java.util.List;

/**
 * Each step of an order against the table of moves, its identity and its deadlines. Where a part of
 * the stream is known to be missing, and where another process goes on with an order, any state
 * that the table can reach is taken.
 */
final class OrderChecks {
  private static final List<String> TIMEOUT_WORDS =
      List.of("time-out", "timeout", "timed out", "too long", "no answer", "not answered");

  private final Checks checks;
  private final IntegrityState state;
  private final IntegrityMemory memory;

  OrderChecks(Checks checks) {
    this.checks = checks;
    this.state = checks.state();
    this.memory = checks.memory();
  }

  /** Takes one step; returns what is known of the order after it. */
  WatchedOrder step(Order order, InputRange at) {
    noteHoles(order);
    WatchedOrder watched = memory.order(order.clientOrderId());
    if (watched == null || watched.state == null) {
      watched = begin(order, watched, at);
    } else if (order.state() == OrderState.INTENDED
        || (order.state() == OrderState.SUBMITTED && watched.state != OrderState.INTENDED)) {
      watched = again(order, watched, at);
    } else {
      move(order, watched, at);
    }
    if (watched != null) {
      if (watched.waitsSinceUs > 0) {
        checks.dueAt(watched.waitsSinceUs + checks.answerWithinUs());
      }
      if (order.state() == OrderState.CANCEL_REQUESTED) {
        watched.cancelUs = order.eventTimeUs();
      }
      watched.at = at;
      watched.runId = order.runId();
      watched.holes = state.holes;
      memory.putOrder(watched);
    }
    return watched;
  }

  private void noteHoles(Order order) {
    boolean same = order.runId().equals(state.ordersRun);
    long expected = same ? state.ordersSeq + 1 : 1;
    if (order.seq() != expected) {
      state.holes++;
      state.holeUs = order.eventTimeUs();
    }
    state.ordersRun = order.runId();
    state.ordersSeq = order.seq();
  }

  private boolean tolerant(Order order, WatchedOrder watched) {
    return watched.holes != state.holes || !watched.runId.equals(order.runId());
  }

  private boolean holeLately(Order order) {
    return state.holes > 0 && order.eventTimeUs() - state.holeUs <= checks.answerWithinUs();
  }

  private WatchedOrder begin(Order order, WatchedOrder heard, InputRange at) {
    String ended = memory.remembered(Checks.ORDER + order.clientOrderId());
    if (ended != null && heard == null) {
      return afterItsEnd(order, ended.split("\\|", -1), at);
    }
    WatchedOrder watched = fresh(order, heard);
    if (order.state() == OrderState.SUBMITTED && !holeLately(order)) {
      String reason = "submitted without an intent published before";
      checks.broken(watched, FindingKind.ILLEGAL_MOVE, order, at, reason);
    }
    if (heard != null && heard.findingId != null) {
      checks.findings().heal(heard.findingId, order.eventTimeUs(), "the engine has told of it");
      watched.findingId = null;
    }
    return watched;
  }

  /** A step of an order that ended so long ago that only its id is remembered. */
  private WatchedOrder afterItsEnd(Order order, String[] ended, InputRange at) {
    OrderState endState = OrderState.valueOf(ended[1]);
    boolean sameIntent = ended[0].equals(order.intentId());
    WatchedOrder watched = fresh(order, null);
    if (order.state() == OrderState.INTENDED || order.state() == OrderState.SUBMITTED) {
      if (sameIntent) {
        String reason = "submitted again after it had ended as " + endState;
        checks.broken(watched, FindingKind.DUPLICATE_ORDER, order, at, reason);
      }
      return watched;
    }
    if (order.state() != endState && ended[2].equals(order.runId())) {
      String reason = endState + " may not become " + order.state();
      checks.broken(watched, FindingKind.ILLEGAL_MOVE, order, at, reason);
    }
    return null;
  }

  private static WatchedOrder fresh(Order order, WatchedOrder heard) {
    WatchedOrder watched = heard == null ? new WatchedOrder() : heard;
    watched.clientOrderId = order.clientOrderId();
    watched.intentId = order.intentId();
    watched.state = order.state();
    watched.symbol = order.symbol();
    watched.side = order.side();
    watched.source = order.source();
    watched.qty = order.qty();
    watched.cumQty = order.cumQty();
    watched.copyUs = 0;
    watched.sinceUs = order.eventTimeUs();
    watched.waitsSinceUs = waits(order.state()) ? order.eventTimeUs() : 0;
    watched.submittedUs = order.state() == OrderState.SUBMITTED ? order.eventTimeUs() : 0;
    watched.endedUs = order.state().terminal() ? order.eventTimeUs() : 0;
    watched.hedgeOf = order.hedgeOf();
    watched.hedgeLevel = order.hedgeLevel() == null ? 0 : order.hedgeLevel();
    return watched;
  }

  private WatchedOrder again(Order order, WatchedOrder watched, InputRange at) {
    if (!watched.intentId.equals(order.intentId())) {
      return fresh(order, null); // another order of the same id: the books' matching tells of it
    }
    boolean sentAgainByAnother = !watched.runId.equals(order.runId()) && !watched.state.terminal();
    if (!sentAgainByAnother) {
      String reason = order.state() + " again while it is " + watched.state;
      checks.broken(watched, FindingKind.DUPLICATE_ORDER, order, at, reason);
    }
    return watched;
  }

  private void move(Order order, WatchedOrder watched, InputRange at) {
    if (order.cumQty().compareTo(watched.cumQty) < 0) {
      String reason =
          "cum_qty fell from "
              + watched.cumQty.toPlainString()
              + " to "
              + order.cumQty().toPlainString();
      checks.broken(watched, FindingKind.CUM_QTY_FELL, order, at, reason);
    }
    watched.cumQty = watched.cumQty.max(order.cumQty());
    if (order.state() == watched.state) {
      return;
    }
    boolean tolerant = tolerant(order, watched);
    if (!watched.state.mayBecome(order.state()) && !(tolerant && reachable(order, watched))) {
      String reason = watched.state + " may not become " + order.state();
      checks.broken(watched, FindingKind.ILLEGAL_MOVE, order, at, reason);
      if (watched.state.terminal()) {
        return;
      }
    } else if (!tolerant) {
      deadline(order, watched, at);
    }
    enter(order, watched);
  }

  private static boolean reachable(Order order, WatchedOrder watched) {
    boolean nobodyKnows = order.state() == OrderState.UNKNOWN && !watched.state.terminal();
    return nobodyKnows || watched.state.mayReach(order.state());
  }

  private void enter(Order order, WatchedOrder watched) {
    long atUs = order.eventTimeUs();
    watched.state = order.state();
    watched.sinceUs = atUs;
    if (order.state() == OrderState.SUBMITTED && watched.submittedUs == 0) {
      watched.submittedUs = atUs;
    }
    if (order.state().terminal()) {
      watched.endedUs = atUs;
    }
    if (!waits(order.state())) {
      watched.waitsSinceUs = 0;
      if (watched.findingId != null) {
        checks.findings().heal(watched.findingId, atUs, "it is " + order.state() + " now");
        watched.findingId = null;
      }
    } else if (watched.waitsSinceUs == 0) {
      watched.waitsSinceUs = atUs;
    }
  }

  /** What is done because time has run out may not be done before it has. */
  private void deadline(Order order, WatchedOrder watched, InputRange at) {
    boolean unanswered =
        order.state() == OrderState.UNKNOWN && (order.reason() == null || timeOut(order));
    boolean hedgeLevel =
        order.state() == OrderState.CANCEL_REQUESTED && watched.hedgeLevel > 0 && timeOut(order);
    if (!unanswered && !hedgeLevel) {
      return;
    }
    long deadlineMs =
        hedgeLevel ? checks.settings().hedgeLevelMs() : checks.settings().unansweredAfterMs();
    long sinceUs = hedgeLevel && watched.submittedUs > 0 ? watched.submittedUs : watched.sinceUs;
    long waitedUs = order.eventTimeUs() - sinceUs;
    if (waitedUs + checks.slackUs() < deadlineMs * 1_000) {
      String reason =
          order.state() + " after " + waitedUs / 1_000 + " ms, the venue has " + deadlineMs + " ms";
      checks.broken(watched, FindingKind.EARLY_TIMEOUT, order, at, reason);
    }
  }

  private static boolean timeOut(Order order) {
    return order.reason() != null && TIMEOUT_WORDS.stream().anyMatch(order.reason()::contains);
  }

  private static boolean waits(OrderState state) {
    return switch (state) {
      case INTENDED, SUBMITTED, UNKNOWN -> true;
      case ACKED, PARTIALLY_FILLED, FILLED, REJECTED, CANCEL_REQUESTED, CANCELLED, EXPIRED -> false;
    };
  }
}
