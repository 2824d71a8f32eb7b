// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

/** Identity and time of a message, whichever it is. */
public final class Stamp {
  private Stamp() {}

  /** The run that numbered it. */
  public static String runId(EngineEvent event) {
    if (event.order() != null) {
      return event.order().runId();
    } else if (event.fill() != null) {
      return event.fill().runId();
    } else if (event.health() != null) {
      return event.health().runId();
    } else if (event.dropCopy() != null) {
      return event.dropCopy().runId();
    }
    return event.ledger().runId();
  }

  /** Its number. */
  public static long seq(EngineEvent event) {
    if (event.order() != null) {
      return event.order().seq();
    } else if (event.fill() != null) {
      return event.fill().seq();
    } else if (event.health() != null) {
      return event.health().seq();
    } else if (event.dropCopy() != null) {
      return event.dropCopy().seq();
    }
    return event.ledger().seq();
  }

  /** Its event time, on its speaker's clock. */
  public static long timeUs(EngineEvent event) {
    if (event.order() != null) {
      return event.order().eventTimeUs();
    } else if (event.fill() != null) {
      return event.fill().eventTimeUs();
    } else if (event.health() != null) {
      return event.health().eventTimeUs();
    } else if (event.dropCopy() != null) {
      return event.dropCopy().eventTimeUs();
    }
    return event.ledger().eventTimeUs();
  }
}
