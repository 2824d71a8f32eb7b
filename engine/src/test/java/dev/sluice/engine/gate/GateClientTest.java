// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateClientTest {
  private static final String ENGINE = "mm-1";
  private static final long SECOND_US = 1_000_000;
  private static final Map<String, Boolean> FLAGS = Map.of("pipeline", true);

  private final List<Ack> acks = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private GateClient client = newClient();
  private long nowUs = 1_000 * SECOND_US;

  @Test
  void nothingIsAllowedBeforeControlHasBeenReadToItsEnd() {
    client.onLease(lease(0, 10), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.PAUSE);
    assertThat(permits(Purpose.QUOTE, Side.BUY, "1", "0", "0")).isFalse();
    assertThat(permits(Purpose.EXIT, Side.SELL, "1", "1", "0")).isFalse();
    client.controlReadToEnd(nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
    assertThat(permits(Purpose.QUOTE, Side.BUY, "1", "0", "0")).isTrue();
  }

  @Test
  void historyIsAnsweredOnceByItsNewestRecord() {
    client.onControl(control(1, "a", Mode.PAUSE), nowUs);
    client.onControl(control(2, "b", Mode.RUN), nowUs);
    client.onControl(control(3, "c", Mode.HALT), nowUs);
    ready();
    work(OpenWork.NONE);
    assertThat(client.mode()).isEqualTo(Mode.HALT);
    assertThat(said()).containsExactly("c 3 RECEIVED", "c 3 EFFECTIVE");
  }

  @Test
  void theModeChangesAtOnceAndIsAcknowledgedTwice() {
    ready();
    WorkingOrder quote = order("q", Side.BUY, "1", Purpose.QUOTE);
    client.onControl(control(1, "a", Mode.PAUSE), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.PAUSE);
    assertThat(client.awaitsEffect()).isTrue();

    OpenWork withQuote = work(new OpenWork(List.of(quote), List.of()));
    assertThat(said()).containsExactly("a 1 RECEIVED");
    assertThat(client.forbidden(withQuote)).containsExactly(quote);
    work(withQuote);
    assertThat(said()).hasSize(1);

    work(OpenWork.NONE);
    work(OpenWork.NONE);
    assertThat(said()).containsExactly("a 1 RECEIVED", "a 1 EFFECTIVE");
    assertThat(client.awaitsEffect()).isFalse();
    Ack effective = acks.get(1);
    assertThat(effective.effectiveAtUs()).isEqualTo(nowUs);
    assertThat(effective.effectiveEventTimeUs()).isEqualTo(77);
    assertThat(effective.seq()).isEqualTo(2);
  }

  @Test
  void aRepeatedRecordIsAcknowledgedAgainAndChangesNothing() {
    ready();
    client.onControl(control(1, "a", Mode.PAUSE), nowUs);
    work(OpenWork.NONE);
    client.onControl(control(1, "a", Mode.PAUSE), nowUs);
    work(OpenWork.NONE);
    assertThat(said())
        .containsExactly("a 1 RECEIVED", "a 1 EFFECTIVE", "a 1 RECEIVED", "a 1 EFFECTIVE");
    assertThat(store.saves).isEqualTo(1);
  }

  @Test
  void anOlderEpochOfAnotherDecisionIsRejectedWithTheOwnEpoch() {
    ready();
    client.onControl(control(5, "a", Mode.HALT), nowUs);
    work(OpenWork.NONE);
    acks.clear();
    client.onControl(control(5, "b", Mode.RUN), nowUs);
    client.onControl(control(4, "c", Mode.RUN), nowUs);
    work(OpenWork.NONE);
    assertThat(said()).containsExactly("b 5 REJECTED", "c 5 REJECTED");
    assertThat(client.mode()).isEqualTo(Mode.HALT);

    client.onControl(control(6, "b", Mode.RUN), nowUs);
    client.onLease(lease(6, 10), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void aRestartRemembersAndIsNotReleasedByAnEmptyTopic() {
    ready();
    client.onControl(control(5, "a", Mode.HALT), nowUs);
    work(OpenWork.NONE);
    assertThat(store.forced.epoch()).isEqualTo(5);
    client = newClient();
    acks.clear();
    ready();
    assertThat(client.mode()).isEqualTo(Mode.HALT);
    work(OpenWork.NONE);
    assertThat(said()).isEmpty();

    client = newClient();
    client.onControl(control(2, "z", Mode.RUN), nowUs);
    client.onControl(control(5, "a", Mode.HALT), nowUs);
    client.onControl(control(3, "y", Mode.RUN), nowUs);
    ready();
    work(OpenWork.NONE);
    assertThat(said()).containsExactly("a 5 RECEIVED", "y 5 REJECTED", "a 5 EFFECTIVE");
    assertThat(client.mode()).isEqualTo(Mode.HALT);
  }

  @Test
  void aStoreThatCannotBeReadMeansPauseUntilTheJudgeSpeaks() {
    store.corrupt = true;
    client = newClient();
    ready();
    assertThat(client.mode()).isEqualTo(Mode.PAUSE);
    client.onControl(control(1, "a", Mode.RUN), nowUs);
    client.onLease(lease(1, 10), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void anEngineObeysAlsoWhenTheEpochCannotBeSaved() {
    ready();
    store.full = true;
    client.onControl(control(1, "a", Mode.HALT), nowUs);
    work(OpenWork.NONE);
    assertThat(client.mode()).isEqualTo(Mode.HALT);
    assertThat(client.unsavedEpochs()).isEqualTo(1);
    assertThat(acks.get(0).reason()).isEqualTo("1 epochs could not be saved");
  }

  @Test
  void withoutALeaseTheEngineReducesAndThenPausesAndRecovers() {
    client.controlReadToEnd(nowUs);
    work(OpenWork.NONE);
    assertThat(client.mode()).as("no lease yet").isEqualTo(Mode.PAUSE);
    assertThat(client.leaseLeftMs()).isNegative();

    client.onLease(lease(0, 500), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
    assertThat(client.watermarkUs()).isEqualTo(500 * SECOND_US);
    pass(10);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
    assertThat(client.leaseLeftMs()).isZero();
    pass(1);
    assertThat(client.mode()).isEqualTo(Mode.REDUCE_ONLY);
    pass(19);
    assertThat(client.mode()).isEqualTo(Mode.REDUCE_ONLY);
    pass(1);
    assertThat(client.mode()).isEqualTo(Mode.PAUSE);
    client.onLease(lease(0, 400), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
    assertThat(client.watermarkUs()).as("never goes back").isEqualTo(500 * SECOND_US);
  }

  @Test
  void theLeaseNeverLoosensWhatControlDemands() {
    ready();
    client.onControl(control(1, "a", Mode.HALT), nowUs);
    client.onLease(lease(1, 10), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.HALT);
    pass(60);
    assertThat(client.mode()).isEqualTo(Mode.HALT);
  }

  @Test
  void aJudgeThatDoesNotKnowTheAppliedEpochPermitsNothing() {
    ready();
    client.onControl(control(3, "a", Mode.RUN), nowUs);
    pass(9);
    client.onLease(lease(2, 10), nowUs);
    pass(2);
    assertThat(client.mode()).isEqualTo(Mode.REDUCE_ONLY);
    client.onLease(lease(3, 10), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void whatIsLeftOfControlIsNotBelievedUntilTheLeasesSpeakOfTheSame() {
    client = newClient();
    client.onControl(control(5, "sent again by somebody", Mode.RUN), nowUs);
    client.controlReadToEnd(nowUs);
    client.onLease(lease(9, 10), nowUs);
    assertThat(client.mode()).as("a fresh client, no epoch saved").isEqualTo(Mode.PAUSE);
    client.onControl(control(9, "newest", Mode.RUN), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
    client.onLease(lease(10, 11), nowUs);
    assertThat(client.mode()).as("from now on a record may be on its way").isEqualTo(Mode.RUN);
  }

  @Test
  void aControlRecordThatOnlyTheLeasesKnowPausesTheEngine() {
    ready();
    for (int i = 0; i < 6; i++) {
      client.onLease(lease(4, 10), nowUs);
      assertThat(client.mode()).isEqualTo(Mode.RUN);
      pass(1);
    }
    assertThat(client.mode()).isEqualTo(Mode.PAUSE);
    client.onControl(control(4, "a", Mode.RUN), nowUs);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
  }

  @Test
  void recordsOfOtherEnginesAreIgnored() {
    ready();
    client.onControl(
        new Control(
            Control.SCHEMA,
            "other",
            9,
            Mode.HALT,
            RolloutState.NONE,
            "x",
            0,
            List.of(),
            null,
            false,
            0,
            0,
            0,
            Source.PAPER,
            "judge"),
        nowUs);
    work(OpenWork.NONE);
    assertThat(client.mode()).isEqualTo(Mode.RUN);
    assertThat(acks).isEmpty();
  }

  private void ready() {
    client.controlReadToEnd(nowUs);
    client.onLease(lease(client.applied().epoch(), 10), nowUs);
  }

  private void pass(long seconds) {
    nowUs += seconds * SECOND_US;
    work(OpenWork.NONE);
  }

  private OpenWork work(OpenWork work) {
    client.doWork(nowUs, 77, work);
    return work;
  }

  private List<String> said() {
    return acks.stream().map(a -> a.decisionId() + " " + a.epoch() + " " + a.status()).toList();
  }

  private boolean permits(
      Purpose purpose, Side side, String qty, String position, String openReducing) {
    return client.permits(
        purpose, side, new BigDecimal(qty), new BigDecimal(position), new BigDecimal(openReducing));
  }

  private GateClient newClient() {
    return new GateClient(
        new GateIdentity(ENGINE, "run-1", Source.PAPER),
        GateClientSettings.defaults(),
        store,
        acks::add);
  }

  private static WorkingOrder order(String id, Side side, String qty, Purpose purpose) {
    return new WorkingOrder(id, "BTCUSDT", side, new BigDecimal(qty), purpose);
  }

  private static Control control(long epoch, String decision, Mode mode) {
    return control(epoch, decision, mode, RolloutState.NONE);
  }

  private static Control control(long epoch, String decision, Mode mode, RolloutState rollout) {
    return new Control(
        Control.SCHEMA,
        ENGINE,
        epoch,
        mode,
        rollout,
        decision,
        0,
        List.of(),
        null,
        false,
        0,
        0,
        0,
        Source.PAPER,
        "judge");
  }

  private static Lease lease(long epoch, long watermarkS) {
    return new Lease(Lease.SCHEMA, ENGINE, 0, 10_000.0, watermarkS * SECOND_US, epoch, "judge");
  }

  /** Every row of the table in the protocol: an order, and the modes in which it may be sent. */
  @Test
  void eachModeAllowsWhatTheProtocolSays() {
    record Row(String what, Purpose purpose, Side side, String qty, String pos, String open) {}
    List<Row> opening =
        List.of(
            new Row("opens from flat", Purpose.QUOTE, Side.BUY, "1", "0", "0"),
            new Row("enlarges", Purpose.QUOTE, Side.BUY, "1", "2", "0"),
            new Row("exit that enlarges", Purpose.EXIT, Side.SELL, "1", "-2", "0"),
            new Row("flips", Purpose.EXIT, Side.SELL, "3", "2", "0"),
            new Row("flips with what is open", Purpose.EXIT, Side.SELL, "1", "2", "1.5"),
            new Row("hedge from flat", Purpose.HEDGE, Side.SELL, "1", "0", "0"));
    List<Row> reducing =
        List.of(
            new Row("quote that reduces", Purpose.QUOTE, Side.SELL, "1", "2", "1"),
            new Row("hedge that reduces", Purpose.HEDGE, Side.BUY, "2", "-2", "0"));
    List<Row> exits =
        List.of(
            new Row("exit to flat", Purpose.EXIT, Side.SELL, "2", "2", "0"),
            new Row("exit in part", Purpose.EXIT, Side.BUY, "1", "-2", "1"));
    ready();
    for (Mode mode : Mode.values()) {
      long epoch = client.applied().epoch() + 1;
      client.onControl(control(epoch, mode.name(), mode), nowUs);
      client.onLease(lease(epoch, 10), nowUs);
      assertThat(client.mode()).isEqualTo(mode);
      for (Row r : opening) {
        assertThat(permits(r.purpose(), r.side(), r.qty(), r.pos(), r.open()))
            .as(mode + " " + r.what())
            .isEqualTo(mode == Mode.RUN);
      }
      for (Row r : reducing) {
        assertThat(permits(r.purpose(), r.side(), r.qty(), r.pos(), r.open()))
            .as(mode + " " + r.what())
            .isEqualTo(mode == Mode.RUN || mode == Mode.REDUCE_ONLY);
      }
      for (Row r : exits) {
        assertThat(permits(r.purpose(), r.side(), r.qty(), r.pos(), r.open()))
            .as(mode + " " + r.what())
            .isTrue();
      }
    }
  }

  @Test
  void openOrdersAreForbiddenAsNewOnesAreAndTogetherNeverFlip() {
    Position longTwo = new Position("BTCUSDT", new BigDecimal("2"), new BigDecimal("100"));
    WorkingOrder bid = order("bid", Side.BUY, "1", Purpose.QUOTE);
    WorkingOrder ask = order("ask", Side.SELL, "1.5", Purpose.QUOTE);
    WorkingOrder exit = order("exit", Side.SELL, "0.5", Purpose.EXIT);
    WorkingOrder tooMuch = order("too-much", Side.SELL, "0.1", Purpose.EXIT);
    OpenWork work = new OpenWork(List.of(bid, ask, exit, tooMuch), List.of(longTwo));
    assertThat(ModeRules.forbidden(Mode.RUN, work)).isEmpty();
    assertThat(ModeRules.forbidden(Mode.REDUCE_ONLY, work)).containsExactly(bid, tooMuch);
    for (Mode mode : List.of(Mode.PAUSE, Mode.HALT, Mode.FLATTEN)) {
      assertThat(ModeRules.forbidden(mode, work)).containsExactly(bid, ask);
    }
    OpenWork flat = new OpenWork(List.of(exit), List.of());
    assertThat(ModeRules.forbidden(Mode.FLATTEN, flat)).containsExactly(exit);
  }

  @Test
  void receivedIsSaidOncePerRecordAlsoWhenTheNextOvertakesItsEffect() {
    ready();
    OpenWork withQuote = new OpenWork(List.of(order("q", Side.BUY, "1", Purpose.QUOTE)), List.of());
    client.onControl(control(1, "a", Mode.PAUSE), nowUs);
    work(withQuote);
    client.onControl(control(2, "b", Mode.HALT), nowUs);
    work(withQuote);
    work(OpenWork.NONE);
    assertThat(said()).containsExactly("a 1 RECEIVED", "b 2 RECEIVED", "b 2 EFFECTIVE");
    assertThat(acks.get(0).status()).isEqualTo(AckStatus.RECEIVED);
  }

  @Test
  void engineThatKnowsTrialsIsWaitedForUntilItHasLookedAtTheRecord() {
    ready();
    client.onControl(control(1, "a", Mode.RUN, RolloutState.running("t", 0.1)), nowUs);
    work(looked(0, RolloutState.NONE, null));
    assertThat(said()).isEmpty();
    assertThat(client.awaitsEffect()).isTrue();
    work(looked(1, RolloutState.running("t", 0.1), 60L));
    assertThat(said()).containsExactly("a 1 RECEIVED", "a 1 EFFECTIVE");
    for (Ack ack : acks) {
      assertThat(ack.rollout()).isEqualTo(RolloutState.running("t", 0.1));
      assertThat(ack.rolloutFromUs()).isEqualTo(60);
      assertThat(ack.flags()).containsExactly(Map.entry("pipeline", true));
    }
  }

  @Test
  void rollbackIsEffectiveOnceNoOrderOfArmBIsLeft() {
    ready();
    RolloutState rollback = RolloutState.rolledBack("t");
    WorkingOrder ofB =
        new WorkingOrder("b", "BTCUSDT", Side.BUY, BigDecimal.ONE, Purpose.QUOTE, Arm.B);
    WorkingOrder ofA =
        new WorkingOrder("a", "BTCUSDT", Side.BUY, BigDecimal.ONE, Purpose.QUOTE, Arm.A);
    client.onControl(control(1, "a", Mode.RUN, rollback), nowUs);
    work(looked(1, rollback, 60L, ofA, ofB));
    assertThat(said()).containsExactly("a 1 RECEIVED");
    work(looked(1, rollback, 60L, ofA));
    assertThat(said()).containsExactly("a 1 RECEIVED", "a 1 EFFECTIVE");
    client.onControl(control(2, "b", Mode.RUN, RolloutState.running("t", 0.5)), nowUs);
    work(looked(2, RolloutState.running("t", 0.5), 120L, ofB));
    assertThat(said()).as("a start waits for nothing more").endsWith("b 2 EFFECTIVE");
  }

  @Test
  void stageAndItsBeginAreRememberedOverARestart() {
    ready();
    client.onControl(control(1, "a", Mode.RUN, RolloutState.running("t", 0.1)), nowUs);
    work(looked(1, RolloutState.running("t", 0.1), 60L));
    client.onControl(control(2, "b", Mode.PAUSE, RolloutState.running("t", 0.1)), nowUs);
    work(looked(2, RolloutState.running("t", 0.1), 60L));
    client = newClient();
    assertThat(client.applied().rollout()).isEqualTo(RolloutState.running("t", 0.1));
    assertThat(client.applied().rolloutFromUs()).isEqualTo(60);
    assertThat(client.applied().epoch()).isEqualTo(2);
  }

  @Test
  void stageThatWasNotTakenUpIsTold() {
    ready();
    client.onControl(control(1, "a", Mode.HALT, RolloutState.running("x", 0.1)), nowUs);
    TakenUp refused = new TakenUp(1, RolloutState.NONE, null, "trial x is not configured", FLAGS);
    work(new OpenWork(List.of(), List.of(), refused));
    assertThat(client.mode()).isEqualTo(Mode.HALT);
    assertThat(acks).allMatch(ack -> ack.reason().equals("trial x is not configured"));
    assertThat(acks).allMatch(ack -> ack.rollout().equals(RolloutState.NONE));
    assertThat(said()).containsExactly("a 1 RECEIVED", "a 1 EFFECTIVE");
  }

  @Test
  void flagsOutliveARestartAndARecordThatSaysNothingOfThem() {
    ready();
    client.onControl(withFlags(1, Map.of("x", true)), nowUs);
    work(OpenWork.NONE);
    client.onControl(control(2, "b", Mode.PAUSE), nowUs);
    work(OpenWork.NONE);
    client = newClient();
    assertThat(client.applied().epoch()).isEqualTo(2);
    assertThat(client.applied().flags()).isEqualTo(Map.of("x", true));
  }

  @Test
  void flagsThatAreNotTakenUpAreRejectedInPlaceOfEffective() {
    ready();
    client.onControl(withFlags(1, Map.of("x", true)), nowUs);
    TakenUp refused = new TakenUp(1, RolloutState.NONE, null, null, FLAGS, "flag x is not known");
    work(new OpenWork(List.of(), List.of(), refused));
    work(new OpenWork(List.of(), List.of(), refused));
    assertThat(said()).containsExactly("f1 1 RECEIVED", "f1 1 REJECTED");
    assertThat(acks.get(1).reason()).isEqualTo("flag x is not known");
    assertThat(acks.get(1).flags()).isEqualTo(FLAGS);
  }

  private static Control withFlags(long epoch, Map<String, Boolean> flags) {
    Control c = control(epoch, "f" + epoch, Mode.RUN);
    return new Control(
        c.schema(),
        c.engineId(),
        c.epoch(),
        c.mode(),
        c.rollout(),
        c.decisionId(),
        c.episodeStartUs(),
        c.cause(),
        c.command(),
        c.latched(),
        c.eventTimeUs(),
        c.issuedAtUs(),
        c.decidedIngestUs(),
        c.source(),
        c.judgeId(),
        flags,
        null);
  }

  private static OpenWork looked(
      long epoch, RolloutState rollout, Long fromUs, WorkingOrder... orders) {
    return new OpenWork(
        List.of(orders), List.of(), new TakenUp(epoch, rollout, fromUs, null, FLAGS));
  }

  private final class MemoryStore implements EpochStore {
    private AppliedControl saved = AppliedControl.NONE;
    private AppliedControl forced = AppliedControl.NONE;
    private int saves;
    private boolean corrupt;
    private boolean full;

    @Override
    public AppliedControl load() {
      if (corrupt) {
        throw new EpochStoreException("corrupt", null);
      }
      return saved;
    }

    @Override
    public void save(AppliedControl applied) {
      if (full) {
        throw new EpochStoreException("full", null);
      }
      saves++;
      saved = applied;
    }

    @Override
    public void force() {
      forced = saved;
      assertThat(acks).as("the disk is waited for last").isNotEmpty();
    }
  }
}
