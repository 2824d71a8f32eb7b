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
 * @param criteriaId which set of criteria judged last: the first 8 bytes of its hash; 0 of a
 *     savepoint that knows no sets yet
 */
public record JudgeCursor(
    long judgedUntilUs, long oldestStartUs, Source source, List<String> scopes, long criteriaId) {
  static final JudgeCursor START = new JudgeCursor(0, 0, Source.SIMULATED, List.of(), 0);

  /** The same with other scopes. */
  JudgeCursor withScopes(List<String> others) {
    return new JudgeCursor(judgedUntilUs, oldestStartUs, source, others, criteriaId);
  }

  /** The same, judged by another set. */
  JudgeCursor judgedBy(long otherCriteriaId) {
    return new JudgeCursor(judgedUntilUs, oldestStartUs, source, scopes, otherCriteriaId);
  }
}
