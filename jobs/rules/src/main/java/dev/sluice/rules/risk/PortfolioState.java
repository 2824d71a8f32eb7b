// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import dev.sluice.rules.judge.CriterionState;
import java.util.ArrayList;
import java.util.List;

/** All the judge of a portfolio remembers. Mutable; its fields are the state. */
public final class PortfolioState {
  /** State of one criterion's guard for one engine. */
  public record Word(String engineId, String key, CriterionState state) {}

  /** When a criterion was evaluated last, and what it said. */
  public record Pace(String criterionId, String said, long evaluatedUs) {}

  /**
   * What cannot be made anew of some engines together.
   *
   * @param peakEquity running peak of the sum
   * @param valueAtRisk ratio of the newest reckoning, NaN for none; with its hours
   */
  public record Sums(List<String> engines, double peakEquity, double valueAtRisk, long hours) {}

  /** End of the newest bucket closed of any engine: the portfolio's clock. */
  public long clockUs;

  /** Event time of the newest evaluation; it always advances. */
  public long judgedUs;

  public List<EngineBook> engines = new ArrayList<>();
  public List<PriceSeries> prices = new ArrayList<>();
  public List<Word> words = new ArrayList<>();
  public List<Pace> paces = new ArrayList<>();
  public List<Sums> sums = new ArrayList<>();

  public PortfolioState() {}
}
