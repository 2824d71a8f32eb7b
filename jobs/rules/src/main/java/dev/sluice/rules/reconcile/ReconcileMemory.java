// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.judge.CriterionMemory;
import dev.sluice.rules.sequence.EngineEvent;
import java.util.List;

/** What is remembered of one engine. */
public interface ReconcileMemory extends CriterionMemory {
  /** The books, null before the first event. */
  BookState books();

  void putBooks(BookState books);

  /** Keeps an event until its time has come. */
  void keep(EngineEvent event);

  /** The events kept, in any order. */
  List<EngineEvent> waiting();

  int waitingCount();

  /** Keeps these and no others. */
  void keepOnly(List<EngineEvent> events);
}
