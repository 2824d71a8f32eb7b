// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Parquet;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.rules.trial.TrialYaml;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Datasets of a trial of two symbols, made slot by slot, for tests. */
final class TrialEvents {
  static final long START_US = 1_767_571_200_000_000L;
  static final long SLOT_US = 60_000_000L;
  static final List<String> SYMBOLS = List.of("SIMAUSDT", "SIMBUSDT");
  static final TrialPlan PLAN =
      TrialYaml.parse(
          "wider.yaml",
          """
          id: wider
          description: for a test
          kind: AB
          salt: s
          slot: 60s
          warmup: 10s
          stages: [0.5, 1.0]
          arm_b: {spread.fixed_half_bps: 2.5}
          acceptance:
            dwell: 1h
            confidence: 0.95
            min_blocks: 2
            min_fills: 2
            max_sample_ratio_p: 0.001
            goal: {metric: net_bps, at_least: 0.2}
            guardrails: {slippage_bps: 0.5}
          """);

  private final List<String> ticks = new ArrayList<>();
  private final List<String> fills = new ArrayList<>();
  private final List<String> orders = new ArrayList<>();

  /** One fill: which slot, of which block, in which arm. */
  record Place(long slot, long block, Arm arm) {}

  /** The arm of a slot in the stage with this share; null for a share of 0. */
  static Arm arm(String symbol, long slot, double share) {
    return share == 0 ? null : SlotAssignment.arm(PLAN.salt(), symbol, slot, share);
  }

  /**
   * Ticks each ten seconds, and in the middle of each slot a fill that earns so many bps.
   *
   * @param fromSlot counted from the start
   */
  void play(long fromSlot, long toSlot, double share, ToDoubleFunction<Place> bps) {
    for (long n = fromSlot; n < toSlot; n++) {
      long slot = SlotAssignment.slot(START_US, 60_000) + n;
      for (String symbol : SYMBOLS) {
        Arm arm = arm(symbol, slot, share);
        for (int tenth = 0; tenth < 6; tenth++) {
          tick(symbol, slot, tenth * 10_000_000L, arm, tenth == 0 && share > 0);
        }
        Place place = new Place(slot, SlotAssignment.block(slot, share), arm);
        fill(symbol, slot, arm, bps.applyAsDouble(place));
      }
    }
  }

  void tick(String symbol, long slot, long intoUs, Arm arm, boolean warmup) {
    ticks.add(
        String.format(
            Locale.ROOT,
            "('mm-1', make_timestamptz(%d), '%s', %s, %s, %s, 99.99, 100.01)",
            slot * SLOT_US + intoUs,
            symbol,
            arm == null ? "NULL" : "'" + arm + "'",
            arm == null ? "NULL" : slot,
            warmup ? "true" : "NULL"));
  }

  private void fill(String symbol, long slot, Arm arm, double bps) {
    fills.add(
        String.format(
            Locale.ROOT,
            "('mm-1', make_timestamptz(%d), '%s', %s, NULL, 'BUY', '%s'::DECIMAL(18,9), 1.0,"
                + " 0.0, 'USDT', 100.0)",
            slot * SLOT_US + 30_000_000L,
            symbol,
            arm == null ? "NULL" : "'" + arm + "'",
            100 - bps / 100));
  }

  void order(String id, String state, Arm arm, long atUs) {
    orders.add(
        String.format(
            Locale.ROOT, "('mm-1', '%s', '%s', '%s', make_timestamptz(%d))", id, state, arm, atUs));
  }

  void write(Path directory) {
    if (orders.isEmpty()) {
      order("none", "CANCELLED", Arm.A, START_US);
    }
    write(
        directory, "ticks", "engine_id, event_time_us, symbol, arm, slot, warmup, bid, ask", ticks);
    write(
        directory,
        "fills",
        "engine_id, event_time_us, symbol, arm, warmup, side, price, qty, fee, fee_asset,"
            + " mid_at_fill",
        fills);
    write(directory, "orders", "engine_id, client_order_id, state, arm, event_time_us", orders);
  }

  private static void write(Path directory, String name, String columns, List<String> rows) {
    Parquet.write(
        directory,
        name,
        "SELECT * FROM (VALUES " + String.join(", ", rows) + ") AS t(" + columns + ")");
  }

  /** A stage decided at one time and in force from another, epoch microseconds. */
  static RolloutReckoning.Stage stage(RolloutState rollout, long decidedUs, long inForceUs) {
    Control control =
        new Control(
            Control.SCHEMA,
            "mm-1",
            1,
            Mode.RUN,
            rollout,
            "d",
            0,
            List.of(),
            null,
            false,
            decidedUs,
            0,
            0,
            Source.SIMULATED,
            "judge-1");
    Ack ack =
        new Ack(
            Ack.SCHEMA,
            "mm-1",
            "r",
            1,
            inForceUs,
            Source.SIMULATED,
            "d",
            1,
            Mode.RUN,
            AckStatus.EFFECTIVE,
            0,
            List.of(),
            1,
            2L,
            inForceUs,
            null,
            rollout,
            inForceUs,
            Map.of());
    return new RolloutReckoning.Stage(control, ack);
  }
}
