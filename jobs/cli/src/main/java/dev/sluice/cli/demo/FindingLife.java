// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;

/**
 * One finding from its first word to its last.
 *
 * @param first as it was first published
 * @param last as it was last published
 * @param beginnings how often it was confirmed or noted, at different event times; more than one is
 *     a fault of the judge
 */
public record FindingLife(Finding first, Finding last, int beginnings) {
  FindingKind kind() {
    return first.kind();
  }

  /** Event time from which it counts. */
  long confirmedUs() {
    return first.eventTimeUs();
  }

  FindingStatus ends() {
    return last.status();
  }

  /** The same life with one more word. */
  FindingLife with(Finding next) {
    boolean again =
        begins(next)
            && next.eventTimeUs() != last.eventTimeUs()
            && next.eventTimeUs() != first.eventTimeUs();
    Finding newest = next.eventTimeUs() >= last.eventTimeUs() ? next : last;
    return new FindingLife(first, newest, again ? beginnings + 1 : beginnings);
  }

  private static boolean begins(Finding finding) {
    return switch (finding.status()) {
      case CONFIRMED, NOTED -> true;
      case ESCALATED, HEALED, ACKNOWLEDGED -> false;
    };
  }
}
