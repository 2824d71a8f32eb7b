// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One schedule: two engines, the judge's job, and the topics between them, moved step by step by
 * one seeded source of chance. At each step it reads a record of some partition, delivers one of
 * some channel, lets a little time pass, goes on with a checkpoint, or kills and restores the job.
 * Nothing else moves anything, so a seed is a schedule.
 *
 * <p>Records may lag, but never so long that the judge may hold them for lost: by {@link
 * #MAX_SOURCE_LAG_MS} and {@link #MAX_CHANNEL_LAG_MS} together less than {@code
 * punctuation_grace_ms}; after a restore the backlog is read after {@link #BACKLOG_MS} and has
 * arrived, with two steps and a channel's lag, before the judge is warm (3 s).
 */
final class Simulation {
  /** 2026-01-05T00:00:00Z, a border of buckets. */
  static final long START_MS = 1_767_571_200_000L;

  static final long MAX_SOURCE_LAG_MS = 4_000;
  static final long MAX_CHANNEL_LAG_MS = 500;
  private static final long BACKLOG_MS = 500;
  private static final long CALM_MS = 90_000;

  final World world;
  final boolean faultyWay;
  final boolean commanded;
  private final Random random;
  private final long endMs;
  private long nextTurnMs = START_MS;
  private long nextCheckpointMs;
  private long restartAtMs;
  private int killsLeft;
  private int commandsLeft;
  private int commands;

  Simulation(long seed, Plan plan, Defect defect) {
    random = new Random(seed);
    random.nextInt();
    faultyWay = random.nextBoolean();
    commanded = random.nextInt(3) == 0;
    commandsLeft = commanded ? 1 + random.nextInt(3) : 0;
    killsLeft = random.nextInt(4);
    long durationMs = 200_000 + random.nextInt(11) * 10_000L;
    endMs = START_MS + durationMs;
    world = new World(plan, defect, random, faultyWay, durationMs - CALM_MS);
    nextCheckpointMs = START_MS + random.nextInt(20_000);
  }

  /** Plays the schedule to its end and lets everything settle. */
  void run() throws Exception {
    world.startJob(random.nextInt(4) == 0 ? 2 : 1);
    turnEngines();
    while (world.nowMs() < endMs) {
      step();
    }
    world.calm();
    if (world.jobRuns()) {
      world.finishCheckpoint();
    }
    settle(40_000);
  }

  /** A person lets every engine run again. */
  void resume() throws Exception {
    for (String engine : JudgeGraph.ENGINES) {
      command(engine, CommandAction.RESUME);
    }
    settle(20_000);
  }

  /** The end of the world. */
  void end() throws Exception {
    world.killJob();
  }

  private void step() throws Exception {
    int what = random.nextInt(100);
    if (!world.jobRuns()) {
      if (world.nowMs() >= restartAtMs) {
        world.startJob(random.nextInt(4) == 0 ? 2 : 1);
      } else {
        pass(1 + random.nextInt(500));
      }
    } else if (what < 25) {
      pass(1 + random.nextInt(random.nextInt(4) == 0 ? 1_000 : 400));
    } else if (what < 55) {
      world.readSome(1 + random.nextInt(3));
    } else if (what < 92) {
      world.deliverSome(1 + random.nextInt(8));
    } else if (what < 99 || killsLeft == 0 || random.nextInt(25) > 0) {
      checkpoint();
    } else {
      killsLeft--;
      world.killJob();
      restartAtMs = world.nowMs() + (random.nextInt(3) == 0 ? 0 : random.nextInt(30_000));
    }
    if (commandsLeft > 0 && world.nowMs() < endMs - CALM_MS && random.nextInt(400) == 0) {
      commandsLeft--;
      CommandAction[] actions = {
        CommandAction.PAUSE, CommandAction.HALT, CommandAction.REDUCE_ONLY
      };
      command(JudgeGraph.ENGINES.get(random.nextInt(2)), actions[random.nextInt(actions.length)]);
    }
  }

  private void checkpoint() throws Exception {
    if (world.checkpointing()) {
      world.goOnWithCheckpoint();
    } else if (world.nowMs() >= nextCheckpointMs) {
      nextCheckpointMs = world.nowMs() + (killsLeft == 0 ? 45_000 : 2_000 + random.nextInt(28_000));
      world.beginCheckpoint();
    }
  }

  /** Time never passes an engine's turn, nor by so much that a record would lag too long. */
  private void pass(long ms) throws Exception {
    long until = Math.min(world.nowMs() + ms, nextTurnMs);
    world.advanceTo(until);
    boolean reading = world.nowMs() - world.startedMs() < BACKLOG_MS;
    if (world.jobRuns() && !reading) {
      world.deliverOverdue(MAX_SOURCE_LAG_MS, MAX_CHANNEL_LAG_MS);
    }
    if (until == nextTurnMs) {
      turnEngines();
    }
  }

  private void turnEngines() {
    nextTurnMs += SimulatedEngine.TURN_MS;
    for (int i = 0; i < world.engines.size(); i++) {
      SimulatedEngine engine = world.engines.get(i);
      EnginePlan plan = world.plans.get(i);
      if (engine.up() && plan.down(world.nowMs())) {
        engine.kill();
      } else if (!engine.up() && !plan.down(world.nowMs())) {
        engine.start(world.controlOf(engine), world.nowMs());
      }
      if (engine.up()) {
        hear(engine);
      }
      if (faultyWay && random.nextInt(400) == 0) {
        world.topics.get(i).poison(world.nowMs());
      }
      engine.turn(world.nowMs());
    }
    world.note(nextTurnMs);
  }

  /** Control comes late, leases come late or never. */
  private void hear(SimulatedEngine engine) {
    Partition control = world.control.get(engine.engineId);
    while (engine.controlRead() < control.entries.size()) {
      Partition.Entry next = control.entries.get(engine.controlRead());
      if (world.nowMs() - next.appendedMs() < 2_000 && random.nextInt(3) > 0) {
        break;
      }
      engine.onControl((Control) next.value(), world.nowMs());
    }
    for (Lease lease : world.takeLeases(engine)) {
      if (random.nextInt(8) > 0) {
        engine.onLease(lease, world.nowMs());
      }
    }
  }

  private void settle(long ms) throws Exception {
    long until = (world.nowMs() + ms) / 10_000 * 10_000;
    while (world.nowMs() < until) {
      if (!world.jobRuns()) {
        world.startJob(1);
      }
      if (world.nowMs() >= nextCheckpointMs) {
        nextCheckpointMs = world.nowMs() + 45_000;
        world.beginCheckpoint();
      }
      world.finishCheckpoint();
      world.readEverything();
      long next = Math.min(world.nowMs() + 250, nextTurnMs);
      world.advanceTo(next);
      if (next == nextTurnMs) {
        turnEngines();
      }
    }
    for (int i = 0; i < 30; i++) {
      world.readEverything();
      world.advanceTo(world.nowMs() + 10 + (i % 2) * 50L);
    }
    world.readEverything();
    List<SimulatedEngine> all = new ArrayList<>(world.engines);
    all.forEach(this::hearAll);
    nextTurnMs = (world.nowMs() / SimulatedEngine.TURN_MS + 1) * SimulatedEngine.TURN_MS;
  }

  private void hearAll(SimulatedEngine engine) {
    Partition control = world.control.get(engine.engineId);
    while (engine.controlRead() < control.entries.size()) {
      engine.onControl((Control) control.entries.get(engine.controlRead()).value(), world.nowMs());
    }
    world.takeLeases(engine).forEach(lease -> engine.onLease(lease, world.nowMs()));
  }

  private void command(String engine, CommandAction action) {
    world.commands.append(
        new Command(
            Command.SCHEMA,
            "c-" + ++commands,
            engine,
            "ann",
            "looked into it",
            action,
            "engine",
            null,
            world.nowMs() * 1_000,
            null),
        world.nowMs());
  }
}
