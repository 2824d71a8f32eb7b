// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings about one engine as they were heard. Any thread; every read is a copy. */
public final class FindingBook {
  /** Findings told apart; a run with more has failed long before. */
  private static final int MAX_LIVES = 10_000;

  private final String engineId;
  private final Map<String, FindingLife> lives = new LinkedHashMap<>();
  private long dropped;

  FindingBook(String engineId) {
    this.engineId = engineId;
  }

  synchronized void heard(Finding finding) {
    if (!finding.engineId().equals(engineId)) {
      return;
    }
    FindingLife before = lives.get(finding.findingId());
    if (before != null) {
      lives.put(finding.findingId(), before.with(finding));
    } else if (lives.size() < MAX_LIVES) {
      lives.put(finding.findingId(), new FindingLife(finding, finding, 1));
    } else {
      dropped++;
    }
  }

  /** In the order of hearing. */
  public synchronized List<FindingLife> lives() {
    return List.copyOf(lives.values());
  }

  /** Words about findings beyond the limit. */
  synchronized long dropped() {
    return dropped;
  }
}
