// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * What the judge says to one input.
 *
 * @param ignored true when the input could not be judged: a bucket judged before, of another width,
 *     or of one symbol too many; a heartbeat too far in the future
 */
public record Judgement(List<Verdict> verdicts, boolean ignored) {
  static final Judgement NOTHING = new Judgement(List.of(), false);
  static final Judgement IGNORED = new Judgement(List.of(), true);
}
