// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.Book;

/** The numbered streams about one engine. Who numbers a stream is who speaks in it. */
public enum EventStream {
  ORDERS(0, false),
  FILLS(1, false),
  HEALTH(2, false),
  /** The engine's snapshots of its book. */
  LEDGER(3, false),
  DROP_COPY(4, true),
  /** The venue's snapshots of its book. */
  VENUE_LEDGER(5, true);

  private static final EventStream[] ALL = values();

  private final int index;
  private final boolean venue;

  EventStream(int index, boolean venue) {
    this.index = index;
    this.venue = venue;
  }

  /** Position in arrays kept per stream; part of checkpointed state. */
  public int index() {
    return index;
  }

  /** True when the venue speaks, on its own clock. */
  public boolean venue() {
    return venue;
  }

  /** The stream with this index. */
  public static EventStream of(int index) {
    return ALL[index];
  }

  static int count() {
    return ALL.length;
  }

  /** The stream a message belongs to; null for a person's word and a word of time. */
  public static EventStream of(EngineEvent event) {
    if (event.order() != null) {
      return ORDERS;
    } else if (event.fill() != null) {
      return FILLS;
    } else if (event.health() != null) {
      return HEALTH;
    } else if (event.dropCopy() != null) {
      return DROP_COPY;
    } else if (event.ledger() != null) {
      return event.ledger().book() == Book.VENUE ? VENUE_LEDGER : LEDGER;
    }
    return null;
  }
}
