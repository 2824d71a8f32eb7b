// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Ten-second buckets of an engine in a trial, with departures by arm and time: 20 ticks and ten
 * fills of 100 quote a bucket, slippage around 0 with a spread of half a basis point. Index 0
 * starts at midnight, on the border of any block. The first bucket of a slot is warm-up and has no
 * arm.
 */
final class TrialTape {
  static final String SYMBOL = "SIMUSDT";
  static final int MINUTE = 6;
  static final int HOUR = 360;

  private static final long FILL_E6 = 100_000_000L;

  private record Departure(Arm arm, LongPredicate when, Map<String, Object> fields) {}

  private record Stage(long fromIndex, TrialState state) {}

  private final List<Departure> departures = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Departure> silences = new ArrayList<>();

  /** From this bucket on the engine says that it is in this stage; null for no trial. */
  TrialTape stage(long fromIndex, TrialState state) {
    stages.add(new Stage(fromIndex, state));
    return this;
  }

  /** Slots of the arm (null for both) hold something else in {@code from <= index < until}. */
  TrialTape with(Arm arm, long from, long until, Map<String, Object> fields) {
    departures.add(new Departure(arm, index -> index >= from && index < until, fields));
    return this;
  }

  /** Nothing is said of this arm (null for both). */
  TrialTape silent(Arm arm, long from, long until) {
    silences.add(new Departure(arm, index -> index >= from && index < until, Map.of()));
    return this;
  }

  static TrialState running(TrialPlan plan, double share, long sinceIndex) {
    return new TrialState(
        plan.id(),
        RolloutState.stageOf(share),
        share,
        EngineTape.startUs(sinceIndex),
        plan.salt(),
        plan.slotMs(),
        plan.warmupMs(),
        TrialState.armBHash(plan.armB()));
  }

  static Map<String, Object> slippage(double bps) {
    return Map.of("slippage", fills(bps));
  }

  static EdgeSum fills(double bps) {
    return new EdgeSum(10 * FILL_E6, Math.round(10 * FILL_E6 * bps));
  }

  /** Parts of the start first, the whole engine last. */
  List<Bucket> buckets(long index) {
    List<Bucket> buckets = new ArrayList<>();
    TrialState trial = trial(index);
    boolean silent = false;
    if (trial != null && trial.treatmentShare() > 0) {
      Arm arm = arm(index, trial);
      silent = silences.stream().anyMatch(d -> concerns(d, index, arm));
      if (index % MINUTE != 0 && !silent) {
        buckets.add(EngineTape.part(index, SYMBOL, arm.name(), fields(index, arm)));
      }
    }
    EngineTape whole = new EngineTape();
    if (trial != null) {
      whole.always("trial", trial);
    }
    buckets.add((silent ? whole.withoutTicks(index, index + 1) : whole).bucket(index));
    return buckets;
  }

  static Arm arm(long index, TrialState trial) {
    long slot = SlotAssignment.slot(EngineTape.startUs(index), trial.slotMs());
    return SlotAssignment.arm(trial.salt(), SYMBOL, slot, trial.treatmentShare());
  }

  private TrialState trial(long index) {
    TrialState trial = null;
    for (Stage stage : stages) {
      trial = index >= stage.fromIndex ? stage.state : trial;
    }
    return trial;
  }

  private static boolean concerns(Departure departure, long index, Arm arm) {
    return (departure.arm == null || departure.arm == arm) && departure.when.test(index);
  }

  private Map<String, Object> fields(long index, Arm arm) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("fills", 10);
    fields.put("notional_e6", 10 * FILL_E6);
    fields.put("orders_intended", 12);
    fields.put("filled_intents", 6);
    fields.put("slippage", fills(noise(index)));
    fields.put("capture", fills(1 + noise(index + 1)));
    fields.put("fee", fills(0.2));
    fields.put("markout5s", fills(-0.5 + noise(index + 2)));
    for (Departure departure : departures) {
      if (concerns(departure, index, arm)) {
        fields.putAll(departure.fields);
      }
    }
    return fields;
  }

  /** Between −0.5 and 0.5, the same for the same bucket. */
  private static double noise(long index) {
    long mixed = (index + 1) * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 31)) * 0xbf58476d1ce4e5b9L;
    return (mixed >>> 11) * 0x1.0p-53 - 0.5;
  }
}
