// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The life of differences, one evaluation a step:
 *
 * <ul>
 *   <li>seen in so many evaluations in a row: CONFIRMED. An evaluation that could not look at it
 *       neither counts nor breaks the row; one that sees it with the other sign starts it anew.
 *   <li>not seen any more: HEALED, after one evaluation for fills and orders, after several for
 *       figures. Facts do not heal.
 *   <li>grown worse, or standing for long: ESCALATED by a step, up to critical.
 *   <li>a person's word: ACKNOWLEDGED. It is silent as long as it lasts unchanged; a worse one is a
 *       new difference.
 * </ul>
 */
final class Differences {
  private final ReconcileRules rules;

  Differences(ReconcileRules rules) {
    this.rules = rules;
  }

  List<Finding> step(BookState books, String engineId, Sight sight, long atUs) {
    List<Finding> findings = new ArrayList<>();
    sight.observed.forEach((key, seen) -> see(books, key, seen));
    for (var entry : new TreeMap<>(books.differences).entrySet()) {
      Difference next =
          advance(books, engineId, entry.getKey(), entry.getValue(), sight, atUs, findings);
      if (next == null) {
        books.differences.remove(entry.getKey());
      } else {
        books.differences.put(entry.getKey(), next);
      }
    }
    return findings;
  }

  private void see(BookState books, String key, Observation seen) {
    Difference known = books.differences.get(key);
    if (known == null && books.differences.size() >= rules.maxFindings()) {
      books.droppedDifferences++;
    } else if (known == null || startsAnew(known, seen)) {
      books.differences.put(key, Difference.candidate(seen, 1));
    } else if (known.stage() != Stage.ACKNOWLEDGED) {
      books.differences.put(key, known.seenAgain(seen));
    }
  }

  /**
   * Another difference under the same name: turned over before it was sure, or worse than noted.
   */
  private static boolean startsAnew(Difference known, Observation seen) {
    BigDecimal before = known.observation().apart();
    BigDecimal now = seen.apart();
    return switch (known.stage()) {
      case CANDIDATE -> before != null && now != null && before.signum() != now.signum();
      case STANDING -> false;
      case ACKNOWLEDGED ->
          seen.severity().compareTo(known.severity()) > 0
              || (before != null && now != null && worse(before, now, seen.tolerance()));
    };
  }

  private static boolean worse(BigDecimal before, BigDecimal now, BigDecimal tolerance) {
    BigDecimal allowed = tolerance == null ? BigDecimal.ZERO : tolerance;
    return now.abs().compareTo(before.abs().add(allowed)) > 0;
  }

  private Difference advance(
      BookState books,
      String engineId,
      String key,
      Difference known,
      Sight sight,
      long atUs,
      List<Finding> findings) {
    Basis basis = known.observation().basis();
    boolean seen = basis == Basis.FACT || sight.observed.containsKey(key);
    if (!seen) {
      return sight.lookedAt(key, basis) ? missed(books, engineId, known, atUs, findings) : known;
    }
    Difference now = basis == Basis.FACT ? known.seenAgain(known.observation()) : known;
    if (now.stage() == Stage.CANDIDATE && now.seen() >= rules.snapshots()) {
      Difference confirmed = now.confirmed(atUs);
      findings.add(finding(books, engineId, confirmed, FindingStatus.CONFIRMED, atUs));
      return confirmed;
    }
    return now.stage() == Stage.STANDING ? escalate(books, engineId, now, atUs, findings) : now;
  }

  private Difference missed(
      BookState books, String engineId, Difference known, long atUs, List<Finding> findings) {
    Difference missed = known.missedOnce();
    boolean single =
        switch (known.observation().basis()) {
          case FILLS, ORDERS, FACT -> true;
          case BALANCES, VENUE -> false;
        };
    if (known.stage() != Stage.CANDIDATE && !single && missed.missed() < rules.healSnapshots()) {
      return missed;
    }
    if (known.stage() == Stage.STANDING) {
      findings.add(finding(books, engineId, missed, FindingStatus.HEALED, atUs));
    }
    return null;
  }

  private Difference escalate(
      BookState books, String engineId, Difference known, long atUs, List<Finding> findings) {
    Severity worst = known.severity();
    if (known.observation().severity().compareTo(worst) > 0) {
      worst = known.observation().severity();
    } else if (atUs - known.severityUs() >= rules.escalateAfterUs()) {
      worst = above(worst);
    }
    if (worst == known.severity()) {
      return known;
    }
    Difference escalated = known.worse(worst, atUs);
    findings.add(finding(books, engineId, escalated, FindingStatus.ESCALATED, atUs));
    return escalated;
  }

  private static Severity above(Severity severity) {
    return switch (severity) {
      case INFO -> Severity.WARNING;
      case WARNING, CRITICAL -> Severity.CRITICAL;
    };
  }

  /** A person has taken note of everything that stands. */
  List<Finding> acknowledge(BookState books, String engineId, long atUs) {
    List<Finding> findings = new ArrayList<>();
    for (var entry : new TreeMap<>(books.differences).entrySet()) {
      Difference known = entry.getValue();
      if (known.stage() == Stage.STANDING) {
        findings.add(finding(books, engineId, known, FindingStatus.ACKNOWLEDGED, atUs));
        if (known.observation().basis() == Basis.FACT) {
          books.differences.remove(entry.getKey());
        } else {
          books.differences.put(entry.getKey(), known.acknowledged());
        }
      }
    }
    return findings;
  }

  static long standing(BookState books, Severity severity) {
    return books.differences.values().stream()
        .filter(difference -> difference.standing(severity))
        .count();
  }

  /** Something told once, that never counts. */
  static Finding noted(BookState books, String engineId, Observation seen, long atUs) {
    Difference once = Difference.candidate(seen, 1).confirmed(atUs);
    return finding(books, engineId, once, FindingStatus.NOTED, atUs);
  }

  private static Finding finding(
      BookState books, String engineId, Difference known, FindingStatus status, long atUs) {
    Observation seen = known.observation();
    String identity =
        String.join(
            "|", engineId, seen.kind().name(), seen.subject(), Long.toString(known.firstSeenUs()));
    return new Finding(
        Finding.SCHEMA,
        Sha256.id(identity),
        engineId,
        seen.kind(),
        seen.subject(),
        status,
        known.severity(),
        books.source,
        atUs,
        known.firstSeenUs(),
        known.confirmedUs(),
        (atUs - known.firstSeenUs()) / 1_000.0,
        known.seen(),
        seen.symbol(),
        seen.clientOrderId(),
        seen.fillId(),
        seen.engineValue(),
        seen.venueValue(),
        seen.tolerance(),
        seen.unit(),
        seen.inputs(),
        seen.reason());
  }
}
