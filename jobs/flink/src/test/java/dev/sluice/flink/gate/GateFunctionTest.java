// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.gate.AuditChain;
import dev.sluice.rules.gate.RolloutPolicy;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.AuditKind;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateFunctionTest {
  private static final String A = "mm-a";
  private static final String B = "mm-b";

  private final List<String> said = new ArrayList<>();
  private final List<Lease> leases = new ArrayList<>();
  private final List<AuditEntry> audits = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, GateEvent, Control> harness;
  private boolean checkpoints;
  private long nowMs = 10_000;

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  @Test
  void aSnapshotAndRestoreBetweenEveryElementChangesNothing() throws Exception {
    List<GateEvent> script = script();
    open(null);
    for (GateEvent event : script) {
      feed(event);
      tick(1);
    }
    List<String> whole = List.copyOf(said);
    List<Lease> wholeLeases = List.copyOf(leases);
    harness.close();
    said.clear();
    leases.clear();
    nowMs = 10_000;

    open(null);
    for (GateEvent event : script) {
      feed(event);
      OperatorSubtaskState snapshot = harness.snapshot(1, nowMs);
      harness.close();
      open(snapshot);
      tick(1);
    }
    assertThat(said).isEqualTo(whole);
    assertThat(leases).isEqualTo(wholeLeases);
    assertThat(whole).filteredOn(line -> line.startsWith("control")).hasSizeGreaterThan(6);
  }

  @Test
  void leasesAreRenewedEachSecondUntilProgressStops() throws Exception {
    open(null);
    feed(GateEvent.of(GateRecords.progress(A, 10)));
    assertThat(leases).hasSize(1);
    tick(30_000);
    assertThat(leases).hasSize(16);
    assertThat(leases).allMatch(lease -> lease.engineId().equals(A));
    assertThat(said).anyMatch(line -> line.contains("gate.lease BREACH"));
    feed(GateEvent.of(GateRecords.progress(A, 20)));
    assertThat(leases).hasSize(17);
  }

  @Test
  void aGateWhoseCheckpointsFailGivesNoLease() throws Exception {
    checkpoints = true;
    open(null);
    for (int i = 0; i < 100; i++) {
      feed(GateEvent.of(GateRecords.progress(A, 10 + i)));
      tick(1_000);
    }
    int before = leases.size();
    feed(GateEvent.of(GateRecords.progress(A, 200)));
    assertThat(leases).hasSize(before);
    assertThat(said).anyMatch(line -> line.contains("no checkpoint completed"));

    harness.notifyOfCompletedCheckpoint(1);
    feed(GateEvent.of(GateRecords.progress(A, 210)));
    assertThat(leases).hasSize(before + 1);
  }

  @Test
  void anEngineThatNeverAnswersIsHaltedByTheTimer() throws Exception {
    open(null);
    feed(GateEvent.of(GateRecords.verdict(A, "x", 10, Action.PAUSE, 1)));
    tick(60_000);
    assertThat(said).filteredOn(line -> line.startsWith("control")).hasSize(2);
    assertThat(said).filteredOn(line -> line.contains("gate.ack BREACH")).hasSize(1);
  }

  @Test
  void whatConcernsAnEngineThatIsNotOnTheRosterLeavesNoTrace() throws Exception {
    open(null);
    feed(GateEvent.of(GateRecords.command("stranger", "c", CommandAction.HALT, null)));
    feed(GateEvent.of(GateRecords.ack("stranger", "d", 4, AckStatus.EFFECTIVE)));
    feed(GateEvent.of(GateRecords.verdict("stranger", "x", 10, Action.PAUSE, 1)));
    tick(60_000);
    assertThat(said).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
    feed(GateEvent.of(GateRecords.command(A, "c", CommandAction.HALT, null)));
    assertThat(said).filteredOn(line -> line.startsWith("control")).hasSize(1);
  }

  @Test
  void theProgressOfAJudgeThatIsNotWaitedForIsCountedAndLeavesNoTrace() throws Exception {
    open(null);
    feed(GateEvent.of(GateRecords.progress(A, "weather", 10)));
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(leases).isEmpty();
    feed(GateEvent.of(GateRecords.progress(A, "criteria", 10)));
    assertThat(leases).hasSize(1);
  }

  @Test
  void aRestoredGateGoesOnWithTheAuditLogBitForBit() throws Exception {
    List<GateEvent> script = script();
    open(null);
    for (GateEvent event : script.subList(0, 5)) {
      feed(event);
    }
    OperatorSubtaskState checkpoint = harness.snapshot(1, nowMs);
    for (GateEvent event : script.subList(5, script.size())) {
      feed(event);
    }
    List<AuditEntry> first = List.copyOf(audits);
    harness.close();

    nowMs += 3_600_000;
    open(checkpoint);
    for (GateEvent event : script.subList(5, script.size())) {
      feed(event);
    }
    List<AuditEntry> ofA = audits.stream().filter(e -> e.engineId().equals(A)).toList();
    AuditChain.Proof proof = AuditChain.prove(ofA);
    assertThat(proof.problem()).isEmpty();
    assertThat(proof.superseded()).isZero();
    assertThat(proof.duplicates()).isGreaterThan(4);
    assertThat(Set.copyOf(audits)).isEqualTo(Set.copyOf(first));
  }

  @Test
  void theTimerEndsAnOverrideWhereNoEventComesAnyMore() throws Exception {
    open(null);
    feed(GateEvent.of(GateRecords.progress(A, 10)));
    feed(GateEvent.of(GateRecords.verdict(A, "x", 10, Action.PAUSE, 1)));
    feed(GateEvent.of(GateRecords.command(A, "o", CommandAction.OVERRIDE, "x")));
    said.clear();
    nowMs = 999_000; // the override ends at 1,000 s
    harness.setProcessingTime(nowMs);
    drain();
    assertThat(said).noneMatch(line -> line.startsWith("control"));
    tick(1_000);
    assertThat(said).anyMatch(line -> line.startsWith("control " + A) && line.contains("PAUSE"));
    assertThat(audits).anyMatch(e -> e.kind() == AuditKind.OVERRIDE_EXPIRED);
  }

  @Test
  void aRestoredGateStillSaysTheFlagsThatWereSet() throws Exception {
    open(null);
    feed(GateEvent.of(GateRecords.flags(A, "f", Map.of("md_cache", false))));
    OperatorSubtaskState checkpoint = harness.snapshot(1, nowMs);
    harness.close();
    open(checkpoint);
    harness.processElement(
        new StreamRecord<>(GateEvent.of(GateRecords.verdict(A, "x", 20, Action.PAUSE, 15))));
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(c -> assertThat(c.flags()).isEqualTo(Map.of("md_cache", false)));
  }

  private static List<GateEvent> script() {
    List<GateEvent> script = new ArrayList<>();
    for (String engine : List.of(A, B)) {
      script.add(GateEvent.of(GateRecords.progress(engine, 10)));
      script.add(GateEvent.of(GateRecords.verdict(engine, "x", 20, Action.PAUSE, 15)));
      script.add(GateEvent.of(GateRecords.ack(engine, "other", 4, AckStatus.REJECTED)));
      script.add(GateEvent.of(GateRecords.verdict(engine, "y", 20, Action.REDUCE_ONLY, 15)));
      script.add(GateEvent.of(GateRecords.progress(engine, 20)));
      script.add(GateEvent.of(GateRecords.command(engine, "o", CommandAction.OVERRIDE, "x")));
      script.add(GateEvent.of(GateRecords.verdict(engine, "z", 30, Action.HALT, 25)));
      script.add(GateEvent.of(GateRecords.command(engine, "r", CommandAction.RESUME, null)));
      script.add(GateEvent.of(GateRecords.verdict(engine, "z", 40, null, 0)));
      script.add(GateEvent.of(GateRecords.command(engine, "r2", CommandAction.RESUME, null)));
      script.add(GateEvent.of(GateRecords.progress(engine, 1000)));
      script.add(GateEvent.of(GateRecords.verdict(engine, "x", 1010, null, 0)));
    }
    return script;
  }

  private void open(OperatorSubtaskState snapshot) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new GateFunction(
                    GateSettings.defaults().waitingFor("criteria"),
                    List.of(A, B),
                    RolloutPolicy.NONE,
                    checkpoints)),
            GateEvent::engineId,
            Types.STRING);
    harness.setup();
    harness.setProcessingTime(nowMs);
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
  }

  private void feed(GateEvent event) throws Exception {
    harness.processElement(new StreamRecord<>(event));
    drain();
  }

  private void tick(long ms) throws Exception {
    for (long end = nowMs + ms; nowMs < end; ) {
      nowMs = Math.min(end, nowMs + 1_000);
      harness.setProcessingTime(nowMs);
      drain();
    }
  }

  private void drain() {
    for (Control c : harness.extractOutputValues()) {
      said.add(
          String.join(
              " ",
              "control",
              c.engineId(),
              Long.toString(c.epoch()),
              c.mode().toString(),
              c.decisionId(),
              Long.toString(c.eventTimeUs()),
              c.cause().toString()));
    }
    harness.getOutput().clear();
    for (Verdict v : side(GateFunction.VERDICTS)) {
      said.add(
          v.verdictId() + " " + v.criterionId() + " " + v.outcome() + " " + v.evidence().reason());
    }
    for (AuditEntry entry : side(GateFunction.AUDITS)) {
      said.add("audit " + entry);
      audits.add(entry);
    }
    leases.addAll(side(GateFunction.LEASES));
  }

  private <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
    if (records == null) {
      return List.of();
    }
    List<T> values = records.stream().map(StreamRecord::getValue).toList();
    records.clear();
    return values;
  }

  @Test
  void controlModesOfTheScriptAreAsTheRulesSay() throws Exception {
    open(null);
    for (GateEvent event : script()) {
      feed(event);
    }
    List<String> modes =
        said.stream()
            .filter(line -> line.startsWith("control " + A))
            .map(line -> line.split(" ", -1)[3])
            .toList();
    assertThat(modes)
        .containsExactly(
            Mode.PAUSE.name(), // x
            Mode.REDUCE_ONLY.name(), // x overridden, y stands
            Mode.HALT.name(), // z; the first RESUME is refused
            Mode.RUN.name(), // the second ends y too
            Mode.PAUSE.name(), // the override of x expires
            Mode.RUN.name()); // x clears
  }
}
