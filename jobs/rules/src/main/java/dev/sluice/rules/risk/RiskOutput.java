// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;

/** Where {@link PortfolioJudge} puts what it says. */
public interface RiskOutput {
  /** What is counted. */
  enum Count {
    /** A mark or an equity that jumped and was not believed at once. */
    IMPLAUSIBLE_JUMPS,
    /** A trade tells a position that the trades before it do not explain. */
    POSITION_CORRECTIONS,
    /** Older than what was known already. */
    STALE_MARKS,
    /** Of an engine that is not on the roster. */
    UNKNOWN_ENGINES,
    /** Of a symbol beyond the limit. */
    DROPPED_SYMBOLS,
    /** Progress said before the heartbeat it waited for, because too many waited. */
    UNWITNESSED_PROGRESS
  }

  void verdict(Verdict verdict);

  void audit(RiskAudit audit);

  void count(Count what);
}
