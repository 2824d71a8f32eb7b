// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.judge.HeapMemory;
import dev.sluice.rules.judge.Judgement;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges one engine's history again: its closed buckets and heartbeats, and what people asked for,
 * each in the order of time. Criteria of {@link Family#BUCKETS} only. The same criteria give the
 * same decisions, by name, as in production. Not thread-safe.
 *
 * <p>Nobody acknowledges here: that an engine did not obey is no part of a replay.
 */
public final class EngineReplay {
  private static final long EVERY_EVALUATION = 0;

  private final String engineId;
  private final EngineJudge judge;
  private final GatePolicy policy;
  private final HeapMemory memory = new HeapMemory();
  private final Map<String, Watched> watched = new LinkedHashMap<>();
  private final Map<String, String> saidBefore = new HashMap<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final List<Decided> decisions = new ArrayList<>();
  private GateState gate;
  private Mode mode = Mode.RUN;
  private long buckets;
  private long fromUs;
  private long untilUs;

  /**
   * A replay that has seen nothing yet.
   *
   * @param specs of any family; those of other families are left out
   * @param policy of the gate; whose judges it waits for does not matter
   * @throws IllegalArgumentException when no criterion of buckets is on
   */
  public EngineReplay(
      String engineId, List<CriterionSpec> specs, long bucketMs, GatePolicy policy) {
    this.engineId = engineId;
    this.judge = new EngineJudge(specs, bucketMs, EVERY_EVALUATION);
    this.policy = policy;
    this.gate = GateState.initial(engineId);
    for (CriterionSpec spec : specs) {
      if (spec.metric().family() == Family.BUCKETS && spec.mode() != Enforcement.OFF) {
        watched.put(spec.id(), new Watched(spec));
      }
    }
  }

  /** A closed bucket, of the whole engine or a part of it. */
  public void bucket(Bucket bucket) {
    if (bucket.wholeEngine()) {
      fromUs = buckets == 0 ? bucket.startUs() : fromUs;
      untilUs = bucket.endUs();
      buckets++;
    }
    heard(judge.bucket(bucket, memory));
  }

  /** A heartbeat. */
  public void health(Health health, long ingestUs) {
    heard(judge.health(health, ingestUs, memory));
  }

  /** A person's word. */
  public void command(Command command) {
    heard(judge.command(command, memory));
    decide(new GateInput.Asked(command), command.issuedAtUs());
  }

  /** What came of it. */
  public EngineHistory end() {
    List<Episode> all = new ArrayList<>(episodes);
    watched.values().forEach(one -> all.addAll(one.standing()));
    all.sort(Comparator.comparingLong(Episode::trippedUs));
    return new EngineHistory(
        engineId,
        fromUs,
        untilUs,
        buckets,
        watched.values().stream().map(one -> one.history(engineId)).toList(),
        List.copyOf(all),
        List.copyOf(decisions));
  }

  private void heard(Judgement judgement) {
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.progressMarker()) {
        if (!gate.overrides().isEmpty()) {
          decide(new GateInput.Judged(verdict), verdict.eventTimeUs());
        }
        continue;
      }
      watched.get(verdict.criterionId()).heard(verdict, episodes);
      if (changed(verdict)) {
        decide(new GateInput.Judged(verdict), verdict.eventTimeUs());
      }
    }
  }

  /** Refreshes tell the gate nothing. */
  private boolean changed(Verdict verdict) {
    String said =
        verdict.outcome()
            + "|"
            + verdict.phase()
            + "|"
            + verdict.action()
            + "|"
            + verdict.episodeStartUs();
    return !said.equals(saidBefore.put(verdict.criterionId() + "|" + verdict.scopeKey(), said));
  }

  private void decide(GateInput input, long atUs) {
    GateTime now = new GateTime(atUs, 0, GateTime.NO_CHECKPOINTS);
    GateStep step = Gate.decide(gate, input, now, policy);
    gate = step.state();
    Control control = step.control();
    if (control != null && control.mode() != mode) {
      mode = control.mode();
      decisions.add(
          new Decided(
              engineId,
              control.eventTimeUs(),
              mode,
              control.decisionId(),
              because(control),
              control.command() != null));
    }
  }

  private static String because(Control control) {
    return control.command() != null
        ? control.command().who() + ": " + control.command().why()
        : control.cause().isEmpty() ? "" : control.cause().get(0).criterionId();
  }
}
