// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Matches the engine's fills with the venue's executions by fill id. */
final class Fills {
  private final ReconcileRules rules;
  private final FillCheck check;

  Fills(ReconcileRules rules) {
    this.rules = rules;
    this.check = new FillCheck(rules);
  }

  void booked(BookState books, String fillId, Execution execution, Sight sight) {
    FillPair pair = books.fills.get(fillId);
    if (books.matched.containsKey(fillId) || (pair != null && pair.engine() != null)) {
      Execution before = pair == null ? null : pair.engine();
      twice(books, fillId, execution, before, "engine");
      Effects.deviate(books, execution, true, execution.atUs(), rules);
      return;
    }
    FillPair next =
        pair == null ? new FillPair(fillId, execution, null) : pair.withEngine(execution);
    keep(books, next, sight);
  }

  void executed(BookState books, String fillId, Execution execution, Sight sight) {
    FillPair pair = books.fills.get(fillId);
    if (books.matched.containsKey(fillId) || (pair != null && pair.venue() != null)) {
      Execution before = pair == null ? null : pair.venue();
      twice(books, fillId, execution, before, "venue");
      return;
    }
    FillPair next =
        pair == null ? new FillPair(fillId, null, execution) : pair.withVenue(execution);
    keep(books, next, sight);
  }

  private void keep(BookState books, FillPair pair, Sight sight) {
    books.fills.put(pair.fillId(), pair);
    if (pair.complete()) {
      check.compare(books, pair);
      late(books, pair, sight);
    }
  }

  private void late(BookState books, FillPair pair, Sight sight) {
    long lateUs = pair.engine().atUs() - pair.venue().atUs();
    if (lateUs <= rules.lateAfterUs()) {
      return;
    }
    books.lateFills++;
    if (sight.late.size() < rules.maxFindings()) {
      sight.late.add(
          observation(
              Basis.FACT,
              FindingKind.LATE_FILL,
              Severity.INFO,
              pair,
              pair.venue().atUs(),
              "the engine booked it " + lateUs / 1_000 + " ms after the venue made it"));
    }
  }

  private void twice(
      BookState books, String fillId, Execution again, Execution before, String side) {
    boolean engine = side.equals("engine");
    List<InputRange> inputs = new ArrayList<>();
    if (before != null && before.at() != null) {
      inputs.add(before.at());
    }
    if (again.at() != null) {
      inputs.add(again.at());
    }
    check.fact(
        books,
        new Observation(
            Basis.FACT,
            FindingKind.DUPLICATE,
            subject(fillId),
            Severity.CRITICAL,
            again.atUs(),
            again.symbol(),
            again.clientOrderId(),
            fillId,
            engine ? again.qty() : null,
            engine ? null : again.qty(),
            null,
            null,
            "base units",
            inputs.isEmpty() ? null : inputs,
            "the " + side + " has this fill twice, under two sequence numbers"));
  }

  /** Looks at every fill that lacks its other side, and lets go of those matched long enough. */
  void observe(BookState books, long atUs, boolean venueKnown, Sight sight) {
    long commonUs =
        books.engine.sinceUs == 0 || books.venue.sinceUs == 0
            ? 0
            : Math.max(books.engine.sinceUs, books.venue.sinceUs);
    for (Iterator<FillPair> all = books.fills.values().iterator(); all.hasNext(); ) {
      FillPair pair = all.next();
      if (pair.complete()) {
        if (pair.lastUs() < atUs - rules.widthUs() - rules.graceUs()) {
          books.matched.put(pair.fillId(), pair.lastUs());
          all.remove();
        }
      } else if (pair.any().atUs() < commonUs) {
        books.unmatchableFills++;
        all.remove();
      } else {
        unmatched(books, pair, atUs, venueKnown, sight);
      }
    }
  }

  private void unmatched(
      BookState books, FillPair pair, long atUs, boolean venueKnown, Sight sight) {
    boolean atEngine = pair.engine() == null;
    FindingKind kind = atEngine ? FindingKind.MISSING_AT_ENGINE : FindingKind.MISSING_AT_VENUE;
    Voice lacking = atEngine ? books.engine : books.venue;
    Execution said = pair.any();
    String key = kind + "|" + subject(pair.fillId());
    long waitsSinceUs = Math.max(Math.max(said.atUs(), said.venueUs()), lacking.speakingSinceUs);
    boolean proves = !lacking.silentAt(atUs, rules.silentAfterUs()) && (venueKnown || atEngine);
    if (!proves || atUs - waitsSinceUs < Math.max(rules.graceUs(), rules.quietUs())) {
      sight.suspend(key);
      return;
    }
    sight.see(
        observation(
            Basis.FILLS,
            kind,
            Severity.CRITICAL,
            pair,
            said.atUs(),
            atEngine
                ? "the venue made it and the engine has not booked it"
                : "the engine booked it and the venue knows nothing of it"));
  }

  private static Observation observation(
      Basis basis,
      FindingKind kind,
      Severity severity,
      FillPair pair,
      long sinceUs,
      String reason) {
    Execution said = pair.any();
    return new Observation(
        basis,
        kind,
        subject(pair.fillId()),
        severity,
        sinceUs,
        said.symbol(),
        said.clientOrderId(),
        pair.fillId(),
        pair.engine() == null ? null : pair.engine().qty(),
        pair.venue() == null ? null : pair.venue().qty(),
        null,
        null,
        "base units",
        pair.inputs(),
        said.side() + " " + plain(said.qty()) + " at " + plain(said.price()) + ": " + reason);
  }

  /** An account that starts anew leaves nothing to match: the fills of the one before go. */
  void accountStartsAnew(BookState books, Ledger venue) {
    long sinceUs = venue.runId().equals(books.venue.runId) ? books.venue.runSinceUs : 0;
    int before = books.fills.size();
    books.fills.values().removeIf(pair -> !pair.complete() && pair.any().atUs() < sinceUs);
    books.unmatchableFills += before - books.fills.size();
    books.deviations.clear();
  }

  /** How many wait for their other side. */
  static long unmatched(BookState books) {
    return books.fills.values().stream().filter(pair -> !pair.complete()).count();
  }

  /** Keeps what is remembered within its limits; the oldest go, and are counted. */
  void prune(BookState books) {
    int surplus = books.fills.size() - rules.maxUnmatched();
    if (surplus > 0) {
      Oldest.drop(books.fills, FillPair::firstUs, surplus);
      books.forgottenFills += surplus;
    }
    books.forgottenIds += Oldest.keep(books.matched, Map.Entry::getValue, rules.maxRemembered());
  }

  static String subject(String fillId) {
    return "fill=" + fillId;
  }

  static String plain(BigDecimal figure) {
    return figure.stripTrailingZeros().toPlainString();
  }
}
