// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is remembered of one engine, but for the events whose time has not come. */
public final class BookState {
  /** Every evaluation up to here is done, event time; 0 before the first. */
  public long judgedUntilUs;

  public Source source = Source.SIMULATED;
  public String account = "";
  public double equity;

  public Voice engine = new Voice();
  public Voice venue = new Voice();

  /** By fill id: fills without their other side, and matched ones not yet in both snapshots. */
  public Map<String, FillPair> fills = new HashMap<>();

  /** Fill ids matched, with the time of the match. */
  public Map<String, Long> matched = new HashMap<>();

  /** By client order id. */
  public Map<String, KnownOrder> orders = new HashMap<>();

  /** Newest snapshots of both books. */
  public List<Ledger> snapshots = new ArrayList<>();

  /** Newest mark by symbol. */
  public Map<String, Double> marks = new HashMap<>();

  /** By {@code asset=…} and {@code symbol=…}: what known facts have put into the engine's book. */
  public Map<String, Deviation> deviations = new HashMap<>();

  public FeeState fees = new FeeState();
  public Map<String, Difference> differences = new HashMap<>();

  /** As-of time of the newest pair compared. */
  public long comparedUs;

  /** Of that pair; NaN before. */
  public double driftQuote = Double.NaN;

  public long lateFills;

  /** Fills given up because too many waited. */
  public long forgottenFills;

  /** Ids forgotten because too many were remembered. */
  public long forgottenIds;

  /** Differences not told apart because there were too many. */
  public long droppedDifferences;

  /** Fills of before both sides were heard, or of an account that has started anew. */
  public long unmatchableFills;

  public BookState() {}
}
