// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.audit;

import dev.sluice.cli.TextTable;
import dev.sluice.rules.gate.AuditChain;
import java.util.List;

/**
 * Whether an audit log is whole.
 *
 * @param engines one proof each, by id
 * @param unreadable records that are no entries
 * @param unaccounted decisions that the log says nothing of, {@code engine decision}
 * @param problems one line each, none when PASS
 */
public record AuditVerdict(
    Outcome outcome,
    List<AuditChain.Proof> engines,
    long unreadable,
    List<String> unaccounted,
    List<String> problems) {
  private static final int SHOWN = 5;

  /** How it ended. */
  public enum Outcome {
    /** Nothing is altered and nothing is missing before the newest entry. */
    PASS,
    /** Something is. */
    BROKEN,
    /** There is no entry, of any engine or of the one asked for: that proves nothing. */
    NO_DATA
  }

  /**
   * Proves a log.
   *
   * @param engineId this engine alone, null for all
   * @param strict entries that a restarted gate has superseded are a fault too
   */
  public static AuditVerdict of(AuditLog log, String engineId, boolean strict) {
    List<AuditChain.Proof> proofs =
        log.byEngine().entrySet().stream()
            .filter(engine -> engineId == null || engine.getKey().equals(engineId))
            .map(engine -> AuditChain.prove(engine.getValue()))
            .toList();
    List<String> unaccounted =
        log.unaccounted().stream()
            .filter(line -> engineId == null || line.startsWith(engineId + " "))
            .toList();
    List<String> problems = new java.util.ArrayList<>();
    for (AuditChain.Proof proof : proofs) {
      if (!proof.whole()) {
        problems.add(proof.engineId() + ": " + proof.problem());
      } else if (strict && proof.superseded() > 0) {
        problems.add(proof.engineId() + ": " + proof.superseded() + " entries are superseded");
      }
    }
    if (log.unreadable() > 0) {
      problems.add(log.unreadable() + " records cannot be read");
    }
    unaccounted.stream()
        .limit(SHOWN)
        .forEach(line -> problems.add("a decision that the log says nothing of: " + line));
    if (unaccounted.size() > SHOWN) {
      problems.add("and " + (unaccounted.size() - SHOWN) + " more such decisions");
    }
    if (proofs.isEmpty()) {
      problems.add("there is no entry" + (engineId == null ? "" : " of " + engineId));
    }
    return new AuditVerdict(
        outcome(proofs, problems), proofs, log.unreadable(), unaccounted, List.copyOf(problems));
  }

  private static Outcome outcome(List<AuditChain.Proof> proofs, List<String> problems) {
    if (proofs.isEmpty()) {
      return Outcome.NO_DATA;
    }
    return problems.isEmpty() ? Outcome.PASS : Outcome.BROKEN;
  }

  /** For people: a line per engine, then what is wrong, then the word. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (!engines.isEmpty()) {
      TextTable table =
          new TextTable(
              "engine", "entries", "said again", "superseded", "broken at", "newest", "its hash");
      for (AuditChain.Proof proof : engines) {
        table.row(
            proof.engineId(),
            Long.toString(proof.entries()),
            Long.toString(proof.duplicates()),
            Long.toString(proof.superseded()),
            proof.whole() ? "-" : Long.toString(proof.brokenN()),
            Long.toString(proof.head().n()),
            proof.head().hash());
      }
      text.append(table.render());
    }
    problems.forEach(problem -> text.append(problem).append('\n'));
    return text.append(outcome).append('\n').toString();
  }
}
