// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria;

import dev.sluice.rules.cases.CriterionCase;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with criteria, and what is allowed but hardly meant.
 *
 * @param errors a job would refuse to start
 * @param warnings a job starts
 */
public record Lint(List<String> errors, List<String> warnings) {
  /**
   * Looks at a directory.
   *
   * @param roster the engines there are; empty where it is not known
   */
  public static Lint of(CriteriaDirectory criteria, Collection<String> roster) {
    List<String> errors = new ArrayList<>(criteria.errors());
    List<String> warnings = new ArrayList<>();
    for (CriterionSpec spec : criteria.specs().values()) {
      String where = criteria.fileById().get(spec.id()) + ": `" + spec.id() + "`";
      Set<String> unknown = new HashSet<>(spec.engines());
      unknown.removeAll(roster);
      if (!roster.isEmpty() && !unknown.isEmpty()) {
        errors.add(where + " names engines that are not on the roster: " + names(unknown));
      }
      hardlyMeant(spec, where, warnings);
      untested(spec, where, criteria, warnings);
    }
    return new Lint(List.copyOf(errors), List.copyOf(warnings));
  }

  private static void hardlyMeant(CriterionSpec spec, String where, List<String> warnings) {
    if (spec.description() == null || spec.description().isBlank()) {
      warnings.add(where + " has no description: who is woken by it reads it first");
    }
    if (spec.mode() == Enforcement.OFF) {
      warnings.add(where + " is off: nothing is judged, and nobody is told");
    }
    boolean stops = spec.action().mode() != Mode.RUN && spec.mode() == Enforcement.ENFORCE;
    boolean holds = spec.holdMs() > 0 || spec.recoverHoldMs() > 0 || spec.latch();
    if (stops && !spec.instant() && !holds) {
      warnings.add(
          where
              + " trips and recovers without any hold: it will follow noise"
              + " (set hold, recover_hold or latch)");
    }
  }

  private static void untested(
      CriterionSpec spec, String where, CriteriaDirectory criteria, List<String> warnings) {
    if (!criteria.errors().isEmpty()) {
      return; // tests were not read
    }
    Set<VerdictOutcome> missing = EnumSet.allOf(VerdictOutcome.class);
    for (CriterionCase one : criteria.cases()) {
      if (one.criterion().equals(spec.id())) {
        one.expect()
            .values()
            .forEach(stood -> missing.remove(VerdictOutcome.valueOf(stood.split(" ", 2)[0])));
      }
    }
    if (!missing.isEmpty()) {
      warnings.add(where + " has no test in which it is " + names(missing));
    }
  }

  private static String names(Collection<?> things) {
    return String.join(", ", things.stream().map(Object::toString).sorted().toList());
  }
}
