// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.fault.FaultPlan;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Tick;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A whole engine whose flags control sets while it trades. */
class FlagSwitchTest {
  private static final Map<String, Boolean> NO_CACHE = Map.of("md_cache", false);
  private static final RolloutState HALF = RolloutState.running("eta", 0.5);

  /** B looks at the time until its quotes are reached. */
  private static final TrialPlan ETA =
      new TrialPlan(
          "eta",
          "B by time",
          TrialPlan.Kind.AB,
          "salt",
          60_000,
          10_000,
          List.of(0.5),
          Map.of("flags.queue_eta", "true"));

  @Test
  void flagsOfControlAreInForceFromTheNextPassOn() {
    Sim sim = new Sim().run(60);
    sim.order(Mode.RUN, NO_CACHE).run(60);
    long changedUs = sim.nowUs() - 60_000_000;
    for (Tick tick : sim.sink.ticks) {
      assertThat(tick.cacheHit() == null).isEqualTo(tick.eventTimeUs() > changedUs);
    }
    assertThat(flags(sim).get("md_cache")).isFalse();
    assertThat(sim.sink.healths.get(2).flags().get("md_cache")).as("before").isTrue();
    assertThat(statuses(sim)).containsExactly(AckStatus.RECEIVED, AckStatus.EFFECTIVE);
    assertThat(newestAck(sim).flags().get("md_cache")).isFalse();
    assertThat(sim.sink.orders)
        .filteredOn(o -> "flags changed".equals(o.reason()))
        .extracting(Order::state)
        .contains(OrderState.CANCEL_REQUESTED);
  }

  @Test
  void aRecordThatSaysNothingOfFlagsKeepsThemAndTheOldOnesComeBackWhenAskedFor() {
    Sim sim = new Sim().run(20).order(Mode.RUN, NO_CACHE).run(20);
    sim.order(Mode.PAUSE).run(20);
    assertThat(flags(sim).get("md_cache")).isFalse();
    sim.order(Mode.RUN, Map.of("md_cache", true)).run(20);
    assertThat(flags(sim)).isEqualTo(FlagNames.of(sim.config.flags()));
  }

  @Test
  void anUnknownFlagIsRejectedWithAReasonNothingIsTakenUpAndTheModeIsObeyed() {
    Sim sim = new Sim().run(20);
    Map<String, Boolean> both = new TreeMap<>(NO_CACHE);
    both.put("md_cash", true);
    sim.order(Mode.HALT, both).run(20);
    assertThat(statuses(sim)).containsExactly(AckStatus.RECEIVED, AckStatus.REJECTED);
    assertThat(newestAck(sim).reason())
        .isEqualTo("flag md_cash is not known; did you mean 'md_cache'?");
    assertThat(newestAck(sim).mode()).isEqualTo(Mode.HALT);
    assertThat(flags(sim)).isEqualTo(FlagNames.of(sim.config.flags()));
    assertThat(sim.engine.mode()).isEqualTo(Mode.HALT);
    sim.order(Mode.HALT, Map.of("md_cache", true)).run(20);
    assertThat(newestAck(sim).status()).isEqualTo(AckStatus.EFFECTIVE);
  }

  @Test
  void flagsDoNotChangeWhileATrialGoesOn() {
    Sim sim = Sim.of(ETA, FaultPlan.NONE).run(10);
    sim.order(Mode.RUN, HALF).run(120);
    sim.order(Mode.RUN, HALF, NO_CACHE).run(20);
    assertThat(newestAck(sim).status()).isEqualTo(AckStatus.REJECTED);
    assertThat(newestAck(sim).reason()).isEqualTo("a trial runs, and compares settings");
    assertThat(flags(sim).get("md_cache")).isTrue();
    sim.order(Mode.RUN, RolloutState.rolledBack("eta"), NO_CACHE).run(20);
    assertThat(newestAck(sim).status()).isEqualTo(AckStatus.EFFECTIVE);
    assertThat(flags(sim).get("md_cache")).as("with the end of the trial").isFalse();
  }

  @Test
  void aTrialThatBeginsLaterComparesUnderTheFlagsInForce() {
    Sim sim = Sim.of(ETA, FaultPlan.NONE).run(10);
    sim.order(Mode.RUN, NO_CACHE).run(10);
    sim.order(Mode.RUN, HALF, NO_CACHE).run(600);
    assertThat(newestAck(sim).status()).isEqualTo(AckStatus.EFFECTIVE);
    assertThat(sim.sink.ticks)
        .filteredOn(t -> t.arm() != null)
        .hasSizeGreaterThan(100)
        .allMatch(t -> t.cacheHit() == null);
  }

  @Test
  void theSameFlagsAndTheSameInputGiveTheSameState() {
    long hash = new Sim().run(30).order(Mode.RUN, NO_CACHE).run(60).engine.stateHash();
    assertThat(new Sim().run(30).order(Mode.RUN, NO_CACHE).run(60).engine.stateHash())
        .isEqualTo(hash);
    assertThat(new Sim().run(30).order(Mode.RUN).run(60).engine.stateHash()).isNotEqualTo(hash);
  }

  private static Map<String, Boolean> flags(Sim sim) {
    List<Health> health = sim.sink.healths;
    return health.get(health.size() - 1).flags();
  }

  private static Ack newestAck(Sim sim) {
    return sim.acks.get(sim.acks.size() - 1);
  }

  private static List<AckStatus> statuses(Sim sim) {
    return sim.acks.stream().map(Ack::status).toList();
  }
}
