// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.schemas.Source;
import java.util.List;

/**
 * How far the judgement of one engine has come; event times in microseconds.
 *
 * @param judgedUntilUs end of the newest bucket judged, 0 before the first
 * @param oldestStartUs oldest start that may still be in memory
 * @param source provenance of the newest bucket
 * @param scopes keys of symbols and arms seen since the last RESUME, in order of appearance
 */
public record JudgeCursor(
    long judgedUntilUs, long oldestStartUs, Source source, List<String> scopes) {
  static final JudgeCursor START = new JudgeCursor(0, 0, Source.SIMULATED, List.of());
}
