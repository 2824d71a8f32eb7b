// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;

/** One evaluation: takes the events of a bucket, looks at both books, says what it found. */
final class Evaluator {
  /** What one evaluation says. */
  record Said(List<Finding> findings, Drift drift, List<Verdict> verdicts) {}

  private final ReconcileRules rules;
  private final InstantJudge judge;
  private final BookKeeper keeper;
  private final Fills fills;
  private final OpenOrders openOrders;
  private final Balances balances;
  private final VenueFigures venueFigures;
  private final Differences differences;

  Evaluator(ReconcileRules rules, InstantJudge judge) {
    this.rules = rules;
    this.judge = judge;
    this.keeper = new BookKeeper(rules);
    this.fills = new Fills(rules);
    this.openOrders = new OpenOrders(rules);
    this.balances = new Balances(rules);
    this.venueFigures = new VenueFigures(rules);
    this.differences = new Differences(rules);
  }

  /**
   * @param endUs end of the bucket
   * @param venueKnown whether the venue has told everything before it
   * @param bucket its events, in order
   */
  Said evaluate(
      BookState books,
      EngineEvent time,
      long endUs,
      boolean venueKnown,
      List<EngineEvent> bucket,
      ReconcileMemory memory) {
    List<Finding> findings = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    Sight sight = new Sight();
    books.source = time.source();
    for (EngineEvent event : bucket) {
      if (event.command() != null) {
        obey(books, event.command(), endUs, memory, findings, verdicts);
      } else {
        keeper.take(books, event, sight);
      }
    }
    boolean data = look(books, endUs, venueKnown, sight);
    findings.addAll(differences.step(books, time.engineId(), sight, endUs));
    sight.late.forEach(
        late -> findings.add(Differences.noted(books, time.engineId(), late, endUs)));
    keeper.prune(books, endUs);
    verdicts.addAll(judge(books, time, endUs, data, memory));
    return new Said(findings, drift(books, time, endUs, data), verdicts);
  }

  /** True when two good snapshots are there to speak of. */
  private boolean look(BookState books, long endUs, boolean venueKnown, Sight sight) {
    fills.observe(books, endUs, venueKnown, sight);
    SnapshotPair pair = SnapshotPair.newest(books, rules);
    if (pair != null && pair.good() && pair.asOfUs() > books.comparedUs) {
      openOrders.observe(books, pair, sight);
      balances.observe(books, pair, sight);
      books.account = pair.engine().account();
      books.comparedUs = pair.asOfUs();
    }
    if (books.fees.fresh || newVenueSnapshot(books, endUs)) {
      venueFigures.observe(books, newestOfVenue(books), sight);
    }
    return pair != null && pair.good() && pair.asOfUs() >= endUs - rules.noPairAfterUs();
  }

  private boolean newVenueSnapshot(BookState books, long endUs) {
    Ledger newest = newestOfVenue(books);
    return newest != null && newest.asOfUs() >= endUs - rules.widthUs();
  }

  private static Ledger newestOfVenue(BookState books) {
    Ledger newest = null;
    for (Ledger kept : books.snapshots) {
      boolean good = kept.book() == Book.VENUE && kept.status() == SnapshotStatus.OK;
      if (good && (newest == null || kept.asOfUs() > newest.asOfUs())) {
        newest = kept;
      }
    }
    return newest;
  }

  private void obey(
      BookState books,
      Command command,
      long endUs,
      ReconcileMemory memory,
      List<Finding> findings,
      List<Verdict> verdicts) {
    boolean ours =
        command.criterionId() == null
            || judge.criteria().stream().anyMatch(c -> c.id().equals(command.criterionId()));
    boolean resume = command.action() == CommandAction.RESUME;
    boolean acknowledge =
        command.action() == CommandAction.ACKNOWLEDGE && command.criterionId() != null;
    if (ours && (resume || acknowledge)) {
      findings.addAll(differences.acknowledge(books, command.engineId(), endUs));
    }
    verdicts.addAll(judge.command(command, books.source, List.of(""), memory));
  }

  private List<Verdict> judge(
      BookState books, EngineEvent time, long endUs, boolean data, ReconcileMemory memory) {
    Subject subject =
        new Subject(time.engineId(), "", books.source, endUs, time.ingestUs(), () -> null);
    return judge.judge(subject, metric -> measure(books, metric, data), memory);
  }

  /** What stands is known without a snapshot; that nothing stands is not. */
  private static Measurement measure(BookState books, Metric metric, boolean data) {
    if (metric == Metric.DRIFT_BPS) {
      return data ? Measurement.of(driftBps(books), 1) : Measurement.NONE;
    }
    Severity severity = metric == Metric.RECONCILE_CRITICALS ? Severity.CRITICAL : Severity.WARNING;
    long standing = Differences.standing(books, severity);
    return data || standing > 0 ? Measurement.of(standing, 1) : Measurement.NONE;
  }

  private static double driftBps(BookState books) {
    return books.equity > 0 ? books.driftQuote / books.equity * 1e4 : Double.NaN;
  }

  private Drift drift(BookState books, EngineEvent time, long endUs, boolean data) {
    long warnings = Differences.standing(books, Severity.WARNING);
    long criticals = Differences.standing(books, Severity.CRITICAL);
    double bps = driftBps(books);
    VerdictOutcome outcome =
        !data
            ? VerdictOutcome.NO_DATA
            : criticals > 0 ? VerdictOutcome.BREACH : VerdictOutcome.PASS;
    String reason =
        data
            ? criticals + " critical and " + warnings + " warning differences stand"
            : "no two good snapshots of one time within "
                + rules.noPairAfterUs() / 1_000_000
                + " s";
    return new Drift(
        Drift.SCHEMA,
        time.engineId(),
        books.account,
        endUs,
        rules.widthUs() / 1_000,
        books.source,
        data ? books.comparedUs : 0,
        outcome,
        data ? (Double) books.driftQuote : null,
        data && Double.isFinite(bps) ? (Double) bps : null,
        warnings,
        criticals,
        books.lateFills,
        Fills.unmatched(books),
        reason);
  }
}
