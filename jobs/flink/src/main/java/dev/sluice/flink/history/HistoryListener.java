// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.history;

import dev.sluice.schemas.Verdict;

/** Whoever hears what the judges say of a history; called by one thread at a time. */
public interface HistoryListener {
  /** A word of a judge, or the marker of its progress. */
  void heard(Verdict verdict);

  /** How far the history has been read. */
  void read(String date, long events);
}
