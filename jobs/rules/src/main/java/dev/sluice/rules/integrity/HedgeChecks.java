// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.integrity.IntegrityState.Hedge;
import dev.sluice.rules.integrity.IntegrityState.Held;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hedges over their levels: what is left open after the last one, unless the position no longer
 * needs it. Stands until the position is back where the hedge would have brought it.
 */
final class HedgeChecks {
  private static final int MAX_HEDGES = 256;

  private final Checks checks;
  private final IntegrityState state;
  private final IntegrityMemory memory;

  HedgeChecks(Checks checks) {
    this.checks = checks;
    this.state = checks.state();
    this.memory = checks.memory();
  }

  /** Takes a step of an order that is a level of a hedge. */
  void step(Order order, WatchedOrder watched, InputRange at) {
    Hedge hedge = find(order.hedgeOf());
    boolean known = hedge != null && Arrays.asList(hedge.orderIds).contains(watched.clientOrderId);
    if (!known) {
      hedge = hedge == null ? begin(order) : hedge;
      replaces(hedge, order, watched, at);
      hedge.orderIds = Arrays.copyOf(hedge.orderIds, hedge.orderIds.length + 1);
      hedge.orderIds[hedge.orderIds.length - 1] = watched.clientOrderId;
      if (watched.hedgeLevel <= 1 || hedge.qty.signum() == 0) {
        hedge.qty = order.qty();
      }
    }
    if (watched.hedgeLevel >= hedge.level) {
      hedge.level = watched.hedgeLevel;
      hedge.lastSubmitUs = watched.submittedUs > 0 ? watched.submittedUs : watched.sinceUs;
    }
  }

  /** A next level while the one before may still trade, and has time left, is early. */
  private void replaces(Hedge hedge, Order order, WatchedOrder watched, InputRange at) {
    if (hedge.orderIds.length == 0) {
      return;
    }
    WatchedOrder before = memory.order(hedge.orderIds[hedge.orderIds.length - 1]);
    long levelUs = checks.settings().hedgeLevelMs() * 1_000;
    boolean live = before != null && before.state != null && !before.state.terminal();
    if (live && order.eventTimeUs() - hedge.lastSubmitUs + checks.slackUs() < levelUs) {
      String reason =
          "level "
              + watched.hedgeLevel
              + " while "
              + before.clientOrderId
              + " is "
              + before.state
              + " and has time left";
      checks.broken(watched, FindingKind.EARLY_TIMEOUT, order, at, reason);
    }
  }

  /** Everything before the time is known. */
  void until() {
    List<Hedge> kept = new ArrayList<>();
    for (Hedge hedge : state.hedges) {
      boolean over = hedge.findingId == null ? judge(hedge) : back(hedge);
      if (!over) {
        kept.add(hedge);
      }
    }
    state.hedges = kept.toArray(new Hedge[0]);
  }

  /** True when nothing more is to be watched. */
  private boolean judge(Hedge hedge) {
    WatchedOrder last = memory.order(hedge.orderIds[hedge.orderIds.length - 1]);
    if (last == null) {
      return true;
    }
    BigDecimal tolerance = tolerance(hedge);
    BigDecimal left = left(hedge);
    boolean ended = last.endedUs > 0 && last.endedUs <= state.untilUs;
    if (ended && left.compareTo(tolerance) <= 0) {
      return true;
    }
    long dueUs = dueUs(hedge, last);
    if (dueUs == 0 || !checks.livedTo(dueUs)) {
      return false;
    }
    BigDecimal position = FillChecks.positionAt(state, hedge.symbol, dueUs);
    BigDecimal residual = position == null ? left : left.min(shrinkable(hedge, position));
    if (residual.compareTo(tolerance) <= 0) {
      return true;
    }
    confirm(hedge, last, residual, position, dueUs);
    return false;
  }

  /** When the last level is over, 0 while there may be another one. */
  private long dueUs(Hedge hedge, WatchedOrder last) {
    long levelUs = checks.settings().hedgeLevelMs() * 1_000;
    int levels = checks.settings().hedgeLevels();
    if (hedge.level < levels) {
      boolean live = last.endedUs == 0;
      return live ? checks.deadlineUs(hedge.lastSubmitUs, (levels + 1) * levelUs) : 0;
    }
    long earliestUs = checks.deadlineUs(hedge.lastSubmitUs, levelUs);
    long latestUs = checks.deadlineUs(hedge.lastSubmitUs, 2 * levelUs);
    return last.endedUs == 0 ? latestUs : Math.min(latestUs, Math.max(earliestUs, last.endedUs));
  }

  private void confirm(
      Hedge hedge, WatchedOrder last, BigDecimal residual, BigDecimal position, long dueUs) {
    BigDecimal towards = hedge.side == Side.BUY ? residual : residual.negate();
    hedge.backAt = position == null ? null : position.add(towards);
    hedge.confirmedUs = dueUs;
    hedge.findingId =
        checks
            .findings()
            .confirm(
                new Findings.Evidence(
                    FindingKind.HEDGE_RESIDUAL,
                    "order=" + hedge.hedgeOf,
                    Severity.CRITICAL,
                    hedge.symbol,
                    last.clientOrderId,
                    null,
                    residual,
                    null,
                    tolerance(hedge),
                    "base",
                    last.at,
                    residual.toPlainString()
                        + " of "
                        + hedge.qty.toPlainString()
                        + " is left open after level "
                        + hedge.level),
                last.source,
                hedge.lastSubmitUs,
                dueUs);
  }

  private boolean back(Hedge hedge) {
    if (!checks.findings().stands(hedge.findingId)) {
      return true;
    }
    BigDecimal tolerance = tolerance(hedge);
    for (Held held : state.held) {
      boolean after =
          held.symbol.equals(hedge.symbol)
              && held.atUs > hedge.confirmedUs
              && held.atUs <= state.untilUs;
      if (after && hedge.backAt != null) {
        BigDecimal beyond = held.position.subtract(hedge.backAt);
        BigDecimal missing = hedge.side == Side.BUY ? beyond.negate() : beyond;
        if (missing.compareTo(tolerance) <= 0) {
          String reason = "the position is back at " + held.position.toPlainString();
          checks.findings().heal(hedge.findingId, held.atUs, reason);
          return true;
        }
      }
    }
    return false;
  }

  private BigDecimal left(Hedge hedge) {
    BigDecimal left = hedge.qty;
    for (String id : hedge.orderIds) {
      WatchedOrder order = memory.order(id);
      left = order == null ? left : left.subtract(order.executed());
    }
    return left;
  }

  private static BigDecimal shrinkable(Hedge hedge, BigDecimal position) {
    BigDecimal open = hedge.side == Side.SELL ? position : position.negate();
    return open.max(BigDecimal.ZERO);
  }

  private BigDecimal tolerance(Hedge hedge) {
    return hedge.qty.multiply(BigDecimal.valueOf(checks.settings().hedgeToleranceRatio()));
  }

  private Hedge find(String hedgeOf) {
    for (Hedge hedge : state.hedges) {
      if (hedge.hedgeOf.equals(hedgeOf)) {
        return hedge;
      }
    }
    return null;
  }

  private Hedge begin(Order order) {
    Hedge hedge = new Hedge();
    hedge.hedgeOf = order.hedgeOf();
    hedge.symbol = order.symbol();
    hedge.side = order.side();
    Hedge[] all = state.hedges;
    if (all.length >= MAX_HEDGES) {
      all = Arrays.copyOfRange(all, 1, all.length);
      state.givenUp++;
    }
    state.hedges = Arrays.copyOf(all, all.length + 1);
    state.hedges[all.length] = hedge;
    return hedge;
  }
}
