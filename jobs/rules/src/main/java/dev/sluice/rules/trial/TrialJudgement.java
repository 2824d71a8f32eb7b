// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * What the judge says to one input.
 *
 * @param status where the trial stands, once a minute while one runs
 * @param ignored true when the input could not be judged: a bucket judged before, of another width,
 *     or one too many
 */
public record TrialJudgement(
    List<Verdict> verdicts, @Nullable TrialStatus status, boolean ignored) {
  static final TrialJudgement NOTHING = new TrialJudgement(List.of(), null, false);
  static final TrialJudgement IGNORED = new TrialJudgement(List.of(), null, true);
}
