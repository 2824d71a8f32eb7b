// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.engine.fault.FaultKind;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.CommandAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run must be like so that all its faults can happen in it: one slot of event time per
 * fault, one after another. In each slot a breaker opens, HALT is due and a person sends RESUME; so
 * every fault has a halt that it could lose. Faults add to it in {@link Fault#prepare}; one thread.
 */
public final class DrillPlan {
  /** A slot begins when a breaker opens; its HALT is due so much later. */
  public static final long HALT_DUE_MS = 310_000;

  /** From the slot's start to RESUME. */
  public static final long RESUME_MS = 480_000;

  /** From the slot's start to the fault, unless it says otherwise: just before the HALT is due. */
  public static final long INJECT_MS = 300_000;

  /** Least length of a slot. */
  public static final long SLOT_MS = 600_000;

  /** Permission to run lasts so long, wall clock: a drill need not wait for ten seconds. */
  public static final long LEASE_TTL_MS = 2_000;

  /**
   * A gate that starts doubts for so long, and replayed RESUMEs wait half of it, wall clock: more
   * than it takes to judge again what came since the last checkpoint, less than a slot.
   */
  private static final String GATE_SETTLE = "10s";

  /** Event time runs so much faster than the wall clock at most: a slot lasts ten seconds. */
  private static final int SPEED = 60;

  /** The engine under judgement. */
  public static final String ENGINE = "mm-1";

  /** 2026-01-05T00:00:00Z. */
  private static final long START_US = 1_767_571_200_000_000L;

  private static final long WARM_UP_MS = 60_000;
  private static final long TAIL_MS = 60_000;
  private static final long BREAKER_OPEN_MS = 360_000;

  private final long seed;
  private final Map<Fault, Long> slots = new LinkedHashMap<>();
  private final List<Scenario.Fault> faults = new ArrayList<>();
  private final List<Scenario.ScenarioCommand> commands = new ArrayList<>();
  private final List<String> judgeSettings = new ArrayList<>();
  private final List<String> engineArguments = new ArrayList<>();
  private final List<String> besides = new ArrayList<>();
  private final long durationMs;
  private int partitions = 1;
  private int plannedRestarts;
  private long lostRecords;
  private boolean gaps;
  private Fault preparing;

  /** A run for these faults, in this order. */
  public DrillPlan(List<Fault> drilled, long seed) {
    this.seed = seed;
    long atMs = WARM_UP_MS;
    for (Fault fault : drilled) {
      slots.put(fault, atMs);
      faults.add(breaker(fault.name(), atMs));
      commands.add(
          new Scenario.ScenarioCommand(
              atMs + RESUME_MS, CommandAction.RESUME, "drill", "the venue is back"));
      atMs += Math.max(SLOT_MS, fault.lengthMs());
    }
    durationMs = atMs + TAIL_MS;
    for (Fault fault : drilled) {
      preparing = fault;
      fault.prepare(this);
    }
  }

  private static Scenario.Fault breaker(String name, long atMs) {
    return new Scenario.Fault(
        "halt-in-" + name,
        FaultKind.BREAKER_OPEN,
        atMs,
        BREAKER_OPEN_MS,
        Map.of(),
        List.of(new Scenario.Expectation("breaker-open", Action.HALT, HALT_DUE_MS / 1000 + "s")));
  }

  /** A setting of the jobs, {@code key=value}. */
  public DrillPlan judge(String setting) {
    judgeSettings.add(setting);
    return this;
  }

  /** More arguments of the engine's process. */
  public DrillPlan engine(String... arguments) {
    engineArguments.addAll(List.of(arguments));
    return this;
  }

  /** Another engine on the roster, which the fault itself plays. */
  public DrillPlan beside(String engineId) {
    besides.add(engineId);
    return this;
  }

  /** Every topic has at least so many partitions. */
  public DrillPlan partitions(int least) {
    partitions = Math.max(partitions, least);
    return this;
  }

  /** The jobs may be restarted by Flink so often because of this fault. */
  public DrillPlan restarts(int more) {
    plannedRestarts += more;
    return this;
  }

  /** So many records per stream may be missing because of this fault; whose, is told by verify. */
  public DrillPlan lost(long records) {
    lostRecords = Math.max(lostRecords, records);
    return this;
  }

  /** Because of this fault there may be minutes without a tick. */
  public DrillPlan withGaps() {
    gaps = true;
    return this;
  }

  /**
   * Something that goes wrong at the engine or its venue.
   *
   * @param afterMs offset from the slot's start
   */
  public DrillPlan scenario(
      FaultKind kind,
      long afterMs,
      long forMs,
      Map<String, String> params,
      List<Scenario.Expectation> expect,
      List<Scenario.ExpectedFinding> finds) {
    faults.add(
        new Scenario.Fault(
            preparing.name() + "-" + faults.size(),
            kind,
            slots.get(preparing) + afterMs,
            forMs,
            params,
            expect,
            finds));
    return this;
  }

  /** The scenario that the engine plays. */
  Scenario scenario() {
    return new Scenario(
        "drill",
        "a breaker, a halt and a resume per fault: " + names(),
        START_US,
        durationMs,
        seed,
        ENGINE,
        1,
        List.of("SIMUSDT"),
        faults,
        commands);
  }

  private String names() {
    return String.join(", ", slots.keySet().stream().map(Fault::name).toList());
  }

  /** When a fault's slot begins, offset from the scenario's start. */
  long slotMs(Fault fault) {
    return slots.get(fault);
  }

  /** When a fault is injected, offset from the scenario's start. */
  long injectMs(Fault fault) {
    return slots.get(fault) + fault.atMs();
  }

  List<String> judgeSettings() {
    List<String> settings = new ArrayList<>();
    List<String> roster = new ArrayList<>(List.of(ENGINE));
    roster.addAll(besides);
    settings.add("roster=[" + String.join(", ", roster) + "]");
    settings.add("gate.lease_ttl=" + LEASE_TTL_MS + "ms");
    settings.add("gate.settle=" + GATE_SETTLE);
    settings.add("flink.checkpoint.interval=1s");
    settings.add("flink.checkpoint.min_pause=200ms");
    settings.addAll(judgeSettings);
    return settings;
  }

  List<String> engineArguments() {
    List<String> arguments = new ArrayList<>(List.of("--speed", Integer.toString(SPEED)));
    arguments.addAll(engineArguments);
    return arguments;
  }

  int partitions() {
    return partitions;
  }

  int plannedRestarts() {
    return plannedRestarts;
  }

  boolean gaps() {
    return gaps;
  }

  long lostRecords() {
    return lostRecords;
  }
}
