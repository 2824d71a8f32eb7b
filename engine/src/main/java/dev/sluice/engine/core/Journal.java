// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What an engine remembers of its orders and its book over a restart; one journal belongs to one
 * account at one venue. Each call is one transaction: when it returns, the end of this process
 * cannot undo it, and when it throws, nothing of it is there. Called from the engine's thread.
 *
 * <p>The rule it serves: an intent is saved before the venue is called, and a report's identity is
 * saved together with its effect. So whatever the moment of a crash, the journal knows at least as
 * many orders as the venue, and no report counts twice.
 */
public interface Journal {
  /**
   * A position as it was booked.
   *
   * @param qty base units, signed
   * @param avgPrice quote currency, 0 when flat
   */
  record SavedPosition(String symbol, BigDecimal qty, BigDecimal avgPrice) {}

  /**
   * What a transaction says of the account.
   *
   * @param positions the positions that changed, flat ones included
   * @param capital equity without open profit: capital at the start + realised PnL, quote currency
   */
  record SavedAccount(List<SavedPosition> positions, BigDecimal capital) {
    public SavedAccount {
      positions = List.copyOf(positions);
    }
  }

  /**
   * What an earlier process left.
   *
   * @param orders those that are not terminal, and terminal ones not yet forgotten; oldest first
   * @param identities by client order id: the reports that have had their effect
   * @param account null when nothing was ever booked
   */
  record Memory(
      List<SavedOrder> orders, Map<String, List<String>> identities, SavedAccount account) {
    public Memory {
      orders = List.copyOf(orders);
      identities = Map.copyOf(identities);
    }
  }

  /**
   * Everything that is there.
   *
   * @throws JournalException when something is there but cannot be read
   */
  Memory load();

  /** A number for a new intent: rises, and is never given again, not even after a restart. */
  long nextIntent();

  /** Saves an order as it stands after a step of our own; its intent before the venue is called. */
  void save(SavedOrder order);

  /**
   * Saves what a report did, together with its identity.
   *
   * @param identity see {@link ReportIdentity}
   * @param account what it changed in the book; null when it was no execution
   */
  void saveReport(SavedOrder order, String identity, SavedAccount account);

  /** Replaces what is known of the account. */
  void saveAccount(SavedAccount account);

  /** Forgets terminal orders that last changed before a time; returns how many. */
  int forgetEnded(long beforeUs);
}
