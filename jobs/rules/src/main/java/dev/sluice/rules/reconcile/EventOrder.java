// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.sequence.EngineEvent;
import java.util.Comparator;

/**
 * One order of events for all arrivals: by event time, and where that is equal by what they are.
 */
final class EventOrder {
  static final Comparator<EngineEvent> BY_TIME =
      Comparator.comparingLong(EventOrder::timeUs)
          .thenComparingInt(EventOrder::rank)
          .thenComparing(EventOrder::runId)
          .thenComparingLong(EventOrder::seq);

  private EventOrder() {}

  /** Event time of a message on its speaker's clock; for a command when it was issued. */
  static long timeUs(EngineEvent event) {
    return switch (rank(event)) {
      case 0 -> event.dropCopy().eventTimeUs();
      case 1 -> event.order().eventTimeUs();
      case 2 -> event.fill().eventTimeUs();
      case 3 -> event.ledger().eventTimeUs();
      case 4 -> event.health().eventTimeUs();
      default -> event.command().issuedAtUs();
    };
  }

  private static int rank(EngineEvent event) {
    if (event.dropCopy() != null) {
      return 0;
    } else if (event.order() != null) {
      return 1;
    } else if (event.fill() != null) {
      return 2;
    } else if (event.ledger() != null) {
      return 3;
    }
    return event.health() != null ? 4 : 5;
  }

  private static String runId(EngineEvent event) {
    return switch (rank(event)) {
      case 0 -> event.dropCopy().runId();
      case 1 -> event.order().runId();
      case 2 -> event.fill().runId();
      case 3 -> event.ledger().book() + event.ledger().runId();
      case 4 -> event.health().runId();
      default -> event.command().commandId();
    };
  }

  private static long seq(EngineEvent event) {
    return switch (rank(event)) {
      case 0 -> event.dropCopy().seq();
      case 1 -> event.order().seq();
      case 2 -> event.fill().seq();
      case 3 -> event.ledger().seq();
      case 4 -> event.health().seq();
      default -> 0;
    };
  }
}
