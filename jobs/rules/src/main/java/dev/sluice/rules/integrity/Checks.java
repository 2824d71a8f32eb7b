// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;

/** What the checks of one engine share within one step. */
record Checks(
    IntegritySettings settings, IntegrityState state, IntegrityMemory memory, Findings findings) {
  /** Heartbeats come at least each ten seconds; one may be lost. */
  private static final long SILENCE_US = 25_000_000L;

  static final String ORDER = "order:";
  static final String FILL = "fill:";

  long answerWithinUs() {
    return settings.answerWithinMs() * 1_000;
  }

  long slackUs() {
    return settings.timeoutSlackMs() * 1_000;
  }

  long keepUs() {
    return settings.endedKeepMs() * 1_000;
  }

  Source source() {
    return state.source == null ? Source.SIMULATED : state.source;
  }

  /** An engine that was silent could not act: its deadlines begin when it speaks again. */
  void heard(long healthUs) {
    if (state.healthUs == 0 || healthUs - state.healthUs > SILENCE_US) {
      state.aliveSinceUs = healthUs;
    }
    state.healthUs = Math.max(state.healthUs, healthUs);
  }

  /** When a deadline passes for an engine that has to be alive to keep it. */
  long deadlineUs(long sinceUs, long lengthUs) {
    return Math.max(sinceUs, state.aliveSinceUs) + lengthUs;
  }

  /** Something about an order has to be judged at a time. */
  void dueAt(long timeUs) {
    state.nextDueUs = Math.min(state.nextDueUs, timeUs);
  }

  /** True when the engine has lived to see a time and everything before it is known. */
  boolean livedTo(long timeUs) {
    boolean alive = state.healthUs == 0 || state.healthUs >= timeUs;
    return alive && state.untilUs >= timeUs;
  }

  /** Confirms a broken rule of an order, once per kind and order. */
  void broken(WatchedOrder watched, FindingKind kind, Order order, InputRange at, String reason) {
    int bit = 1 << kind.ordinal();
    if ((watched.found & bit) != 0) {
      return;
    }
    watched.found |= bit;
    findings.confirm(
        about(kind, order.clientOrderId(), order.symbol(), order.cumQty(), at, reason),
        order.source(),
        order.eventTimeUs(),
        order.eventTimeUs());
  }

  static Findings.Evidence about(
      FindingKind kind,
      String clientOrderId,
      String symbol,
      BigDecimal engineValue,
      InputRange at,
      String reason) {
    return new Findings.Evidence(
        kind,
        "order=" + clientOrderId,
        Severity.CRITICAL,
        symbol,
        clientOrderId,
        null,
        engineValue,
        null,
        null,
        "base",
        at,
        reason);
  }
}
