// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.FindingKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Compares the findings with those the scenario's faults must lead to. Pure. Each expected one must
 * come exactly as often as it says, of the right kind, in time, at a plausible age, and end as it
 * must; what nobody expects must not come at all: healthy hours stay silent.
 */
public final class FindingReckoning {
  private static final int MAX_LINES = 20;

  private final Scenario scenario;
  private final long startUs;
  private final List<FindingLife> left;

  private FindingReckoning(Scenario scenario, long startUs, List<FindingLife> lives) {
    this.scenario = scenario;
    this.startUs = startUs;
    this.left = new ArrayList<>(lives);
  }

  /** One row per expectation; and what nobody expected, one line each. */
  public record Result(List<FindingResult> rows, List<String> unexpected) {
    /** True when every row is as expected, and nothing else was found. */
    public boolean ok() {
      return unexpected.isEmpty() && rows.stream().allMatch(FindingResult::ok);
    }
  }

  /**
   * Reckons up.
   *
   * @param startUs event time of the run's start
   */
  public static Result of(Scenario scenario, long startUs, FindingBook book) {
    FindingReckoning reckoning = new FindingReckoning(scenario, startUs, book.lives());
    List<FindingResult> rows = new ArrayList<>();
    for (Scenario.Fault fault : scenario.faults()) {
      fault.finds().forEach(expected -> rows.add(reckoning.row(fault, expected)));
    }
    return new Result(rows, reckoning.unexpected(book.dropped()));
  }

  private FindingResult row(Scenario.Fault fault, Scenario.ExpectedFinding expected) {
    long fromUs = startUs + fault.atMs() * 1000;
    long untilUs = nextOf(expected.kind(), fault);
    List<FindingLife> own =
        left.stream()
            .filter(life -> life.kind() == expected.kind())
            .filter(life -> life.confirmedUs() >= fromUs && life.confirmedUs() < untilUs)
            .sorted(Comparator.comparingLong(FindingLife::confirmedUs))
            .toList();
    left.removeAll(own);
    boolean none = own.isEmpty();
    return new FindingResult(
        fault.id(),
        howMany(expected)
            + " × "
            + expected.kind()
            + " within "
            + expected.within()
            + ", "
            + expected.ends(),
        own.size(),
        none ? null : own.get(own.size() - 1).confirmedUs(),
        none ? null : own.stream().mapToDouble(l -> l.first().ageMs()).max().orElse(0),
        none ? null : ends(own),
        none ? "" : own.get(0).first().subject() + ": " + own.get(0).first().reason(),
        problem(expected, fromUs, own));
  }

  /** Event time at which another fault begins that is to be found by the same kind. */
  private long nextOf(FindingKind kind, Scenario.Fault fault) {
    return scenario.faults().stream()
        .filter(other -> other.atMs() > fault.atMs())
        .filter(other -> other.finds().stream().anyMatch(f -> f.kind() == kind))
        .mapToLong(other -> startUs + other.atMs() * 1000)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static String howMany(Scenario.ExpectedFinding expected) {
    return expected.most() == null
        ? expected.count().toString()
        : expected.count() + " to " + expected.most();
  }

  private static String ends(List<FindingLife> lives) {
    return lives.stream().map(l -> l.ends().name()).distinct().collect(Collectors.joining(", "));
  }

  private static String problem(
      Scenario.ExpectedFinding expected, long fromUs, List<FindingLife> own) {
    if (!expected.fits(own.size())) {
      return own.isEmpty()
          ? "never found"
          : own.size() + " found, " + howMany(expected) + " expected";
    }
    return own.stream()
        .map(life -> problem(expected, fromUs, life))
        .filter(problem -> problem != null)
        .findFirst()
        .orElse(null);
  }

  private static String problem(Scenario.ExpectedFinding expected, long fromUs, FindingLife life) {
    double lateMs = (life.confirmedUs() - fromUs) / 1000.0 - expected.withinMs();
    double sinceMs = (life.first().eventTimeUs() - life.first().firstSeenUs()) / 1000.0;
    double ageMs = life.first().ageMs();
    if (lateMs > 0) {
      return seconds(lateMs) + " of event time late";
    } else if (life.beginnings() > 1) {
      return "confirmed " + life.beginnings() + " times";
    } else if (Math.abs(sinceMs - ageMs) > 1) {
      return "its age is " + seconds(ageMs) + ", but it began " + seconds(sinceMs) + " before";
    } else if (life.first().firstSeenUs() < fromUs - Reckoning.TOLERANCE_US) {
      return "it began " + seconds((fromUs - life.first().firstSeenUs()) / 1000.0) + " too early";
    } else if (ageMs < 0 || ageMs > expected.maxAgeMs()) {
      return "its age is " + seconds(ageMs) + ", at most " + expected.age() + " expected";
    } else if (life.ends() != expected.ends()) {
      return "it ends as " + life.ends();
    }
    return null;
  }

  private List<String> unexpected(long dropped) {
    List<String> lines = new ArrayList<>();
    left.stream().limit(MAX_LINES).map(FindingReckoning::describe).forEach(lines::add);
    int more = left.size() - MAX_LINES;
    if (more > 0) {
      lines.add("and " + more + " more findings");
    }
    if (dropped > 0) {
      lines.add("and " + dropped + " words about findings beyond the limit");
    }
    return lines;
  }

  private static String describe(FindingLife life) {
    return life.kind()
        + " "
        + life.first().subject()
        + " at "
        + Reckoning.instant(life.confirmedUs())
        + ", "
        + life.ends()
        + ": "
        + life.first().reason();
  }

  private static String seconds(double ms) {
    return String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }
}
