// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.Fill;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.Arrays;

/** Each fill against those before it; keeps the positions they led to. */
final class FillChecks {
  private static final int MAX_HELD = 10_000;

  private final Checks checks;
  private final IntegrityState state;
  private final IntegrityMemory memory;

  FillChecks(Checks checks) {
    this.checks = checks;
    this.state = checks.state();
    this.memory = checks.memory();
  }

  void fill(Fill fill, InputRange at) {
    String key = Checks.FILL + fill.fillId();
    String effect =
        fill.clientOrderId()
            + "|"
            + fill.qty().stripTrailingZeros().toPlainString()
            + "|"
            + fill.positionAfter().stripTrailingZeros().toPlainString();
    String before = memory.remembered(key);
    if (before != null) {
      // A process that goes on after a crash may tell once more what had its effect once.
      boolean toldAgain = !before.startsWith(fill.runId() + "|") && before.endsWith("|" + effect);
      if (!toldAgain && !before.isEmpty()) {
        booked(fill, at);
        memory.remember(key, "", checks.settings().maxRememberedIds());
      }
      return;
    }
    memory.remember(key, fill.runId() + "|" + effect, checks.settings().maxRememberedIds());
    state.fills++;
    add(fill);
    hold(fill);
  }

  private void booked(Fill fill, InputRange at) {
    checks
        .findings()
        .confirm(
            new Findings.Evidence(
                FindingKind.DUPLICATE_FILL,
                "fill=" + fill.fillId(),
                Severity.CRITICAL,
                fill.symbol(),
                fill.clientOrderId(),
                fill.fillId(),
                fill.qty(),
                null,
                null,
                "base",
                at,
                "the venue's execution " + fill.fillId() + " is booked twice"),
            fill.source(),
            fill.eventTimeUs(),
            fill.eventTimeUs());
  }

  private void add(Fill fill) {
    WatchedOrder watched = memory.order(fill.clientOrderId());
    if (watched == null) {
      if (memory.remembered(Checks.ORDER + fill.clientOrderId()) != null) {
        return;
      }
      watched = new WatchedOrder(); // its steps may not have been read yet
      watched.clientOrderId = fill.clientOrderId();
      watched.symbol = fill.symbol();
      watched.side = fill.side();
      watched.source = fill.source();
      watched.sinceUs = fill.eventTimeUs();
    }
    watched.fillQty = watched.fillQty.add(fill.qty());
    memory.putOrder(watched);
  }

  private void hold(Fill fill) {
    IntegrityState.Held held = new IntegrityState.Held();
    held.symbol = fill.symbol();
    held.atUs = fill.eventTimeUs();
    held.position = fill.positionAfter();
    IntegrityState.Held[] all = state.held;
    if (all.length >= MAX_HELD) {
      all = Arrays.copyOfRange(all, 1, all.length);
    }
    state.held = Arrays.copyOf(all, all.length + 1);
    state.held[all.length] = held;
  }

  /** The position in a symbol as of a time, null when unknown. */
  static BigDecimal positionAt(IntegrityState state, String symbol, long atUs) {
    BigDecimal position = null;
    for (IntegrityState.Held held : state.held) {
      if (held.symbol.equals(symbol) && held.atUs <= atUs) {
        position = held.position;
      }
    }
    return position;
  }

  /** Forgets positions that nobody will ask for any more: of each symbol one before the time. */
  static void forget(IntegrityState state, long beforeUs) {
    IntegrityState.Held[] kept = new IntegrityState.Held[state.held.length];
    int count = 0;
    for (int i = 0; i < state.held.length; i++) {
      if (state.held[i].atUs > beforeUs || lastBefore(state.held, i, beforeUs)) {
        kept[count++] = state.held[i];
      }
    }
    if (count < state.held.length) {
      state.held = Arrays.copyOf(kept, count);
    }
  }

  private static boolean lastBefore(IntegrityState.Held[] held, int index, long beforeUs) {
    for (int i = index + 1; i < held.length; i++) {
      if (held[i].atUs <= beforeUs && held[i].symbol.equals(held[index].symbol)) {
        return false;
      }
    }
    return true;
  }
}
