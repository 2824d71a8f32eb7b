// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.judge.CriterionState;
import dev.sluice.rules.judge.InstantJudge;
import dev.sluice.rules.judge.Subject;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.EventStream;
import dev.sluice.rules.sequence.Stamp;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for the five failures of order handling in the streams of one engine and judges the
 * criteria about them. Steps are checked as they come, which is the order of their numbers;
 * absences when a word of time says that nothing is missing. All it remembers is in the {@link
 * IntegrityMemory}, so what comes out depends on what was said and not on when it arrived. Not
 * thread-safe.
 */
public final class IntegrityJudge {
  /** Name in progress markers. */
  public static final String NAME = "integrity";

  private static final Map<Metric, List<FindingKind>> COUNTED = new EnumMap<>(Metric.class);

  static {
    COUNTED.put(
        Metric.ORDER_STATE_FAULTS, List.of(FindingKind.ILLEGAL_MOVE, FindingKind.CUM_QTY_FELL));
    COUNTED.put(
        Metric.DUPLICATE_EXECUTIONS,
        List.of(FindingKind.DUPLICATE_FILL, FindingKind.DUPLICATE_ORDER));
    COUNTED.put(
        Metric.JOURNAL_BREAKS,
        List.of(FindingKind.INTENT_WITHOUT_OUTCOME, FindingKind.ORDER_WITHOUT_INTENT));
    COUNTED.put(Metric.HEDGE_RESIDUALS, List.of(FindingKind.HEDGE_RESIDUAL));
    COUNTED.put(Metric.CLOCK_SKEW_MS, List.of(FindingKind.CLOCK_SKEW));
    COUNTED.put(Metric.EARLY_TIMEOUTS, List.of(FindingKind.EARLY_TIMEOUT));
  }

  private final IntegritySettings settings;
  private final InstantJudge judge;

  /**
   * @param specs criteria of any family; only those of integrity are judged
   * @param refreshMs event time after which an unchanged verdict is said again
   */
  public IntegrityJudge(IntegritySettings settings, List<CriterionSpec> specs, long refreshMs) {
    this.settings = settings;
    this.judge = new InstantJudge(specs, Family.INTEGRITY, refreshMs);
  }

  /** Takes one event of an engine. */
  public Judged on(EngineEvent event, IntegrityMemory memory) {
    IntegrityState state = memory.state();
    Findings findings = new Findings(event.engineId(), state, settings.maxStanding());
    Checks checks = new Checks(settings, state, memory, findings);
    List<Verdict> verdicts = List.of();
    if (event.time()) {
      verdicts = until(event, checks);
    } else if (event.command() != null) {
      verdicts = command(event.command(), checks);
    } else {
      message(event, checks);
      verdicts = found(event, checks);
    }
    memory.putState(state);
    boolean nothing = findings.changed().isEmpty() && verdicts.isEmpty();
    return nothing ? Judged.NOTHING : new Judged(findings.changed(), verdicts);
  }

  private static void message(EngineEvent event, Checks checks) {
    IntegrityState state = checks.state();
    state.source = event.source();
    InputRange at = event.at();
    if (!EventStream.of(event).venue()) {
      state.ownUs = Math.max(state.ownUs, Stamp.timeUs(event));
    }
    if (event.order() != null) {
      WatchedOrder watched = new OrderChecks(checks).step(event.order(), at);
      new ClockChecks(checks).step(event.order(), watched);
      if (watched != null && watched.hedgeOf != null && watched.hedgeLevel > 0) {
        new HedgeChecks(checks).step(event.order(), watched, at);
        checks.memory().putOrder(watched);
      }
    } else if (event.fill() != null) {
      new FillChecks(checks).fill(event.fill(), at);
      new ClockChecks(checks).fill(event.fill());
    } else if (event.dropCopy() != null) {
      new JournalChecks(checks).copy(event.dropCopy(), at);
      new ClockChecks(checks).copy(event.dropCopy(), at);
    } else if (event.health() != null) {
      checks.heard(event.health().eventTimeUs());
    }
  }

  /**
   * What a message has shown trips a guard at once, at the message's own time: it waits for no word
   * of time, and does not count as of a time before it. A guard that acts already is left to the
   * word of time, so that how it recovers does not depend on what came first.
   */
  private List<Verdict> found(EngineEvent event, Checks checks) {
    List<Verdict> verdicts = new ArrayList<>();
    ClockChecks clock = new ClockChecks(checks);
    for (Finding finding : checks.findings().changed()) {
      if (finding.status() != FindingStatus.CONFIRMED) {
        continue;
      }
      Subject subject =
          new Subject(
              event.engineId(),
              "",
              checks.source(),
              finding.eventTimeUs(),
              event.ingestUs(),
              () -> inputs(checks.state()));
      for (CriterionSpec spec : judge.criteria()) {
        boolean counted = COUNTED.getOrDefault(spec.metric(), List.of()).contains(finding.kind());
        if (counted && !acts(spec, checks)) {
          Measurement measured = measure(spec.metric(), checks, clock);
          verdicts.addAll(judge.judgeOne(spec, subject, measured, checks.memory()));
        }
      }
    }
    return verdicts;
  }

  private static boolean acts(CriterionSpec spec, Checks checks) {
    CriterionState known = checks.memory().criterion(spec.id());
    return known != null && known.guard().acting();
  }

  private List<Verdict> until(EngineEvent event, Checks checks) {
    IntegrityState state = checks.state();
    boolean advanced = event.engineUntilUs() > state.untilUs;
    state.untilUs = Math.max(state.untilUs, event.engineUntilUs());
    if (!advanced) {
      return List.of();
    }
    state.source = state.source == null ? event.source() : state.source;
    ClockChecks clock = new ClockChecks(checks);
    clock.until();
    new HedgeChecks(checks).until();
    new JournalChecks(checks).until();
    FillChecks.forget(state, state.untilUs);
    Subject subject =
        new Subject(
            event.engineId(),
            "",
            state.source,
            state.untilUs,
            event.ingestUs(),
            () -> inputs(state));
    boolean known =
        state.ownUs > 0 && state.untilUs - state.ownUs <= settings.silentAfterMs() * 1_000;
    List<Verdict> verdicts =
        new ArrayList<>(
            judge.judge(
                subject,
                metric -> known ? measure(metric, checks, clock) : Measurement.NONE,
                checks.memory()));
    long periodUs = settings.progressMs() * 1_000;
    if (Math.floorDiv(state.untilUs, periodUs) > Math.floorDiv(state.progressUs, periodUs)) {
      state.progressUs = state.untilUs;
      verdicts.add(
          judge.progress(NAME, event.engineId(), state.untilUs, state.source, event.ingestUs()));
    }
    return verdicts;
  }

  private static Measurement measure(Metric metric, Checks checks, ClockChecks clock) {
    if (metric == Metric.CLOCK_SKEW_MS) {
      return clock.skew();
    }
    List<FindingKind> kinds = COUNTED.getOrDefault(metric, List.of());
    return new Measurement(checks.findings().count(kinds.toArray(new FindingKind[0])), 1);
  }

  private static List<InputRange> inputs(IntegrityState state) {
    List<InputRange> inputs = new ArrayList<>();
    for (Finding finding : state.standing) {
      if (finding.inputs() != null && inputs.size() < 16) {
        inputs.addAll(finding.inputs());
      }
    }
    return inputs.isEmpty() ? null : inputs;
  }

  private List<Verdict> command(Command command, Checks checks) {
    if (command.action() == CommandAction.RESUME
        || (command.action() == CommandAction.ACKNOWLEDGE && command.criterionId() != null)) {
      String reason = command.who() + ": " + command.why();
      for (Map.Entry<Metric, List<FindingKind>> entry : COUNTED.entrySet()) {
        if (concerns(command, entry.getKey())) {
          checks.findings().acknowledge(entry.getValue(), checks.state().untilUs, reason);
          if (entry.getKey() == Metric.CLOCK_SKEW_MS) {
            new ClockChecks(checks).forget();
          }
        }
      }
    }
    return judge.command(command, checks.source(), List.of(""), checks.memory());
  }

  private boolean concerns(Command command, Metric metric) {
    if (command.criterionId() == null) {
      return true;
    }
    return judge.criteria().stream()
        .anyMatch(spec -> spec.id().equals(command.criterionId()) && spec.metric() == metric);
  }
}
