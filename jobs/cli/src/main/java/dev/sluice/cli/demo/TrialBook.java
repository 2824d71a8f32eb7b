// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.trial.TrialHistory;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.TrialStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was said of one engine's trial and of its parity with the shadow. Any thread; every read is
 * a copy.
 */
public final class TrialBook {
  private final String engineId;
  private final Map<Long, TrialStatus> words = new LinkedHashMap<>();
  private final Map<Long, Parity> windows = new LinkedHashMap<>();

  TrialBook(String engineId) {
    this.engineId = engineId;
  }

  synchronized void heard(TrialStatus status) {
    if (status.engineId().equals(engineId)) {
      words.put(status.eventTimeUs(), status);
    }
  }

  synchronized void heard(Parity parity) {
    if (parity.engineId().equals(engineId)) {
      windows.put(parity.startUs(), parity);
    }
  }

  /** All that was said of the trial. */
  synchronized TrialHistory history() {
    TrialHistory.Builder history = new TrialHistory.Builder();
    words.values().forEach(history::add);
    return history.build();
  }

  /** Windows of parity, by time. */
  synchronized List<Parity> windows() {
    List<Parity> all = new ArrayList<>(windows.values());
    all.sort(Comparator.comparingLong(Parity::startUs));
    return all;
  }
}
