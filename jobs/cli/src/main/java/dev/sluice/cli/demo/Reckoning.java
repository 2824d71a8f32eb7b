// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.control.Because;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Compares what was decided with what had to be. Pure. A decision counts as in time when its event
 * time is within one bucket of the due time; a decision that leads down again by a command of the
 * scenario, or by policy when the criteria have cleared, belongs to the one it ends.
 */
public final class Reckoning {
  /** One bucket. */
  public static final long TOLERANCE_US = 10_000_000L;

  private final Map<String, Observations.Obeyed> obeyed;
  private final LongFunction<Long> heartbeatAppendedMs;
  private final Words words;
  private final long startUs;
  private final List<Observations.Told> all;
  private final List<Observations.Told> raising = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  private Reckoning(
      long startUs,
      List<Observations.Told> all,
      Map<String, Observations.Obeyed> obeyed,
      Words words,
      LongFunction<Long> heartbeatAppendedMs) {
    this.words = words;
    this.startUs = startUs;
    this.all = all;
    this.obeyed = obeyed;
    this.heartbeatAppendedMs = heartbeatAppendedMs;
  }

  /** One row per expectation and per fault that must stay silent; and what nobody expected. */
  public record Result(List<FaultResult> faults, List<String> unexpected) {
    /** True when every row is as expected, and nothing else was decided. */
    public boolean ok() {
      return unexpected.isEmpty() && faults.stream().allMatch(FaultResult::ok);
    }
  }

  /**
   * Reckons up.
   *
   * @param startUs event time of the run's start
   * @param told control records in the order of their epochs
   * @param verdicts of the criteria, in the order of hearing
   * @param commandIds commands of the scenario that were sent
   * @param heartbeatAppendedMs the broker's clock at the heartbeat of an event time, or null: where
   *     an instant criterion decided on a heartbeat and the record does not say when it came
   */
  public static Result of(
      Scenario scenario,
      long startUs,
      List<Expected> expectations,
      List<Observations.Told> told,
      Map<String, Observations.Obeyed> obeyed,
      List<Verdict> verdicts,
      Set<String> commandIds,
      LongFunction<Long> heartbeatAppendedMs) {
    Reckoning reckoning =
        new Reckoning(startUs, told, obeyed, new Words(verdicts), heartbeatAppendedMs);
    reckoning.sort(commandIds);
    List<FaultResult> faults = reckoning.match(scenario, expectations);
    reckoning.raising.forEach(t -> reckoning.unexpected.add(describe(t.control())));
    return new Result(faults, List.copyOf(reckoning.unexpected));
  }

  /**
   * Splits the decisions: those that restrict have to be expected; those that relax need a command,
   * or criteria that no longer ask for more.
   */
  private void sort(Set<String> commandIds) {
    Mode mode = Mode.RUN;
    RolloutState rollout = RolloutState.NONE;
    long resumedUs = Long.MIN_VALUE;
    Set<String> causes = new HashSet<>();
    for (Observations.Told each : all) {
      Control control = each.control();
      boolean stageOnly = control.mode() == mode && !control.rollout().equals(rollout);
      rollout = control.rollout();
      if (stageOnly) {
        continue; // what becomes of trials is reckoned up for itself
      }
      Set<String> criteria = criteria(control);
      if (control.command() != null) {
        if (!commandIds.contains(control.command().commandId())) {
          unexpected.add(describe(control));
        }
        resumedUs = control.mode() == Mode.RUN ? control.eventTimeUs() : resumedUs;
      } else if (control.mode().compareTo(mode) < 0) {
        words
            .objection(control, resumedUs)
            .ifPresent(why -> unexpected.add(describe(control) + ", but " + why));
      } else if (control.mode().compareTo(mode) > 0
          || (control.mode() == mode && !causes.containsAll(criteria))) {
        raising.add(each);
      }
      mode = control.mode();
      causes.addAll(criteria);
      if (mode == Mode.RUN) {
        causes.clear();
      }
    }
  }

  private List<FaultResult> match(Scenario scenario, List<Expected> expectations) {
    List<FaultResult> rows = new ArrayList<>();
    for (Scenario.Fault fault : scenario.faults()) {
      List<Expected> own =
          expectations.stream().filter(e -> e.faultId().equals(fault.id())).toList();
      if (own.isEmpty()) {
        rows.add(new FaultResult(fault.id(), "none", null, null, null, null, "", null));
      }
      Span span = span(scenario, fault);
      own.forEach(expected -> rows.add(row(expected, span)));
    }
    return rows;
  }

  /** Event time that belongs to one fault. */
  private record Span(long fromUs, long untilUs) {
    boolean holds(long timeUs) {
      return timeUs >= fromUs && timeUs < untilUs;
    }
  }

  /** From the fault's start to the next fault's: a later decision is that one's, or nobody's. */
  private Span span(Scenario scenario, Scenario.Fault fault) {
    long untilUs =
        scenario.faults().stream()
            .filter(other -> other.atMs() > fault.atMs())
            .mapToLong(other -> startUs + other.atMs() * 1000)
            .min()
            .orElse(Long.MAX_VALUE);
    return new Span(startUs + fault.atMs() * 1000, untilUs);
  }

  /** The nearest decision of that criterion with that mode answers the expectation. */
  private FaultResult row(Expected expected, Span span) {
    Observations.Told match =
        raising.stream()
            .filter(t -> t.control().mode() == expected.action().mode())
            .filter(t -> criteria(t.control()).contains(expected.criterion()))
            .filter(t -> span.holds(t.control().eventTimeUs()))
            .min(Comparator.comparingLong(t -> distanceUs(t, expected)))
            .orElse(null);
    String wanted = expected.action() + " by " + expected.criterion();
    Long dueUs = expected.due() ? expected.dueUs() : null;
    if (match == null) {
      String problem = expected.due() ? "never decided" : "never became due by the raw events";
      return new FaultResult(expected.faultId(), wanted, dueUs, null, null, null, "", problem);
    }
    raising.remove(match);
    Control control = match.control();
    Observations.Obeyed obeyed = effect(match);
    boolean superseded = obeyed != null && !obeyed.ack().decisionId().equals(control.decisionId());
    return new FaultResult(
        expected.faultId(),
        wanted,
        dueUs,
        control.eventTimeUs(),
        obeyed == null ? null : obeyed.ack().effectiveEventTimeUs(),
        latencyMs(control, obeyed),
        Because.of(control) + (superseded ? "; overtaken by " + obeyed.ack().mode() : ""),
        problem(expected, control, obeyed));
  }

  /**
   * EFFECTIVE of the decision itself or, where the engine never got to it, of a stricter one that
   * overtook it before anything was relaxed.
   */
  private Observations.Obeyed effect(Observations.Told told) {
    for (Observations.Told each : all.subList(all.indexOf(told), all.size())) {
      if (each.control().mode().compareTo(told.control().mode()) < 0) {
        return null;
      }
      Observations.Obeyed own = obeyed.get(each.control().decisionId());
      if (own != null) {
        return own;
      }
    }
    return null;
  }

  private static long distanceUs(Observations.Told told, Expected expected) {
    return Math.abs(told.control().eventTimeUs() - expected.dueUs());
  }

  private static String problem(Expected expected, Control control, Observations.Obeyed obeyed) {
    if (!expected.due()) {
      return "decided, but by the raw events it never became due";
    }
    long offUs = control.eventTimeUs() - expected.dueUs();
    if (Math.abs(offUs) > TOLERANCE_US) {
      return Math.abs(offUs) / 1_000_000 + " s of event time " + (offUs > 0 ? "late" : "early");
    }
    Long recomputedUs = expected.recomputedUs();
    if (recomputedUs != null && Math.abs(recomputedUs - expected.dueUs()) > TOLERANCE_US) {
      return "by the raw events it was due at " + instant(recomputedUs);
    }
    return obeyed == null ? "decided, but never EFFECTIVE" : null;
  }

  private Double latencyMs(Control control, Observations.Obeyed obeyed) {
    if (obeyed == null) {
      return null;
    }
    if (control.decidedIngestUs() > 0) {
      return obeyed.appendedMs() - control.decidedIngestUs() / 1000.0;
    }
    Long decidedMs = heartbeatAppendedMs.apply(control.eventTimeUs());
    return decidedMs == null ? null : (double) (obeyed.appendedMs() - decidedMs);
  }

  private static Set<String> criteria(Control control) {
    Set<String> criteria = new HashSet<>();
    control.cause().forEach(cause -> criteria.add(cause.criterionId()));
    return criteria;
  }

  /** A decision in one line. */
  public static String describe(Control control) {
    return control.mode()
        + " at "
        + instant(control.eventTimeUs())
        + " (epoch "
        + control.epoch()
        + "): "
        + Because.of(control);
  }

  /** An instant of epoch microseconds. */
  public static Instant instant(long timeUs) {
    return Instant.ofEpochSecond(timeUs / 1_000_000, timeUs % 1_000_000 * 1000);
  }
}
