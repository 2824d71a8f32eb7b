// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import dev.sluice.schemas.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings that stand, out of all words about findings in the order of their topic. */
final class StandingFindings {
  private final Map<String, Finding> standing = new LinkedHashMap<>();

  void heard(Finding finding) {
    switch (finding.status()) {
      case CONFIRMED, ESCALATED -> standing.put(finding.findingId(), finding);
      case HEALED, ACKNOWLEDGED, NOTED -> standing.remove(finding.findingId());
    }
  }

  /** Those of one engine, one line each. */
  List<String> of(String engineId) {
    return standing.values().stream()
        .filter(finding -> finding.engineId().equals(engineId))
        .map(f -> f.status() + " " + f.kind() + " " + f.subject() + ": " + f.reason())
        .toList();
  }
}
