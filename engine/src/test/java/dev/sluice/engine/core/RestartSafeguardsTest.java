// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SlotAssignment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An engine dies at some moment of an order's life; another one starts on its journal. */
class RestartSafeguardsTest {
  private final Desk first = new Desk();

  @Test
  void theIntentIsInTheJournalBeforeTheVenueIsCalled() {
    List<SavedOrder> atTheCall = new ArrayList<>();
    first.venue.beforeSubmit = () -> atTheCall.addAll(first.journal.load().orders());
    first.quote("i1");
    assertThat(atTheCall).extracting(SavedOrder::clientOrderId).containsExactly("i1-1");
    assertThat(atTheCall).extracting(SavedOrder::state).containsExactly(OrderState.SUBMITTED);
  }

  @Test
  void fillOfAnEarlierProcessKeepsTheArmAndSlotOfItsIntent() {
    TrialSlots slots = new TrialSlots(TrialSlotsTest.PLAN, Map.of());
    RolloutState all = RolloutState.running("t", 1.0);
    slots.obey(new AppliedControl(1, "d", Mode.RUN, all, Sim.START_US), Sim.START_US);
    Desk treated = new Desk(new MemoryJournal(), new ScriptedVenue(), 0, slots);
    treated.orders.recover(treated.nowUs);
    LiveOrder order = treated.resting("i1");
    Desk second = treated.restart();
    second.prove(second.fill(order, "f1", "1", "1"), second.fill(order, "f1", "1", "1"));
    assertThat(second.sink.fills).extracting(Fill::arm).containsExactly(Arm.B);
    assertThat(second.sink.fills)
        .extracting(Fill::slot)
        .containsExactly(SlotAssignment.slot(treated.nowUs, 60_000));
    assertThat(second.last().arm()).isEqualTo(Arm.B);
  }

  @Test
  void withoutAJournalThatTakesTheIntentNothingIsSent() {
    BrokenJournal broken = new BrokenJournal();
    Desk desk = new Desk(broken, new ScriptedVenue(), 0);
    desk.orders.recover(desk.nowUs);
    broken.fails = true;
    assertThatThrownBy(() -> desk.quote("i1")).isInstanceOf(JournalException.class);
    assertThat(desk.venue.submits).isEmpty();
    assertThat(desk.sink.orders).isEmpty();
    assertThat(desk.orders.openCount()).isZero();
  }

  @Test
  void aCrashBeforeTheIntentIsSavedLeavesNothingAndANewIdIsGiven() {
    String lost = first.orders.nextIntentId();
    Desk second = first.restart();
    assertThat(second.orders.recovered()).isTrue();
    assertThat(second.sink.orders).isEmpty();
    assertThat(number(second.orders.nextIntentId())).isGreaterThan(number(lost));
  }

  @Test
  void aCrashBeforeTheCallEndsAsNeverReachedAndAQuoteIsNotSentAgain() {
    first.venue.beforeSubmit =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(() -> first.quote("i1")).hasMessage("killed");
    first.venue.beforeSubmit = () -> {};
    Desk second = first.restart();
    assertThat(second.venue.queries).as("the venue is asked first").containsExactly("i1-1");
    assertThat(second.quote("i2")).as("no new order before that").isNull();
    second.deny("i1-1");
    assertThat(second.last().state()).isEqualTo(OrderState.REJECTED);
    assertThat(second.last().reason()).isEqualTo(Recovery.NEVER_REACHED);
    second.orders.recover(second.nowUs);
    assertThat(second.quote("i2")).isNotNull();
    assertThat(second.venue.submits).hasSize(1);
  }

  @Test
  void onlyWhatTheVenueLacksAndIsStillWantedIsSentAgainOnceUnderItsOldId() {
    first.report(first.fill(first.resting("i0"), "f0", "1", "1"));
    first.hedge("i1", Side.SELL);
    first.venue.positions.add(new Position(first.symbol, Desk.QTY, Desk.PRICE));
    first.venue.submits.clear();
    Desk second = first.restart();
    second.deny("i1-1");
    assertThat(second.venue.submits).hasSize(1);
    assertThat(second.venue.submits.get(0).clientOrderId()).isEqualTo("i1-1");
    second.deny("i1-1");
    assertThat(second.venue.submits).as("once").hasSize(1);
    LiveOrder order = second.orders.all().get(0);
    second.venue.positions.clear();
    second.report(second.fill(order, "f1", "1", "1"));
    second.orders.recover(second.nowUs);
    assertThat(second.position()).isEqualByComparingTo("0");
    assertThat(second.orders.recovered()).isTrue();
  }

  @Test
  void whatTheVenueHoldsIsNotSentAgain() {
    first.report(first.fill(first.resting("i0"), "f0", "1", "1"));
    LiveOrder held = first.hedge("i1", Side.SELL);
    first.venue.submits.clear();
    Desk second = first.restart();
    second.prove(second.state(held, OrderState.ACKED, "0"));
    assertThat(second.venue.submits).isEmpty();
    assertThat(second.last().state()).isEqualTo(OrderState.ACKED);
  }

  @Test
  void whatTheModeForbidsIsNotSentAgain() {
    first.report(first.fill(first.resting("i0"), "f0", "1", "1"));
    first.hedge("i1", Side.SELL);
    first.venue.submits.clear();
    Desk second = first.restart();
    second.sim.order(Mode.PAUSE);
    second.deny("i1-1");
    assertThat(second.venue.submits).isEmpty();
    assertThat(second.last().reason()).isEqualTo(Recovery.NEVER_REACHED);
  }

  @Test
  void aMissedFillIsFoundByAskingAndBookedOnce() {
    LiveOrder order = first.resting("i1");
    ExecutionReport fill = first.fill(order, "f1", "0.4", "0.4");
    ExecutionReport end = first.state(order, OrderState.CANCELLED, "0.4");
    Desk second = first.restart();
    second.prove(end, fill);
    assertThat(second.sink.fills).hasSize(1);
    assertThat(second.position()).isEqualByComparingTo("0.4");
    second.report(fill);
    second.prove(end, fill);
    assertThat(second.sink.fills).hasSize(1);
    second.venue.positions.add(
        new Position(first.symbol, new BigDecimal("0.4"), new BigDecimal("100")));
    second.orders.recover(second.nowUs);
    assertThat(second.orders.recovered()).isTrue();
    assertThat(second.position()).isEqualByComparingTo("0.4");
  }

  @Test
  void aDuplicateAcrossARestartHasNoSecondEffect() {
    LiveOrder order = first.resting("i1");
    ExecutionReport fill = first.fill(order, "f1", "1", "1");
    first.report(fill);
    first.venue.positions.add(new Position(first.symbol, Desk.QTY, Desk.PRICE));
    Desk second = first.restart();
    assertThat(second.orders.recovered()).isTrue();
    second.report(fill);
    assertThat(second.sink.all).isEmpty();
    assertThat(second.position()).isEqualByComparingTo("1");
    assertThat(second.counts().duplicateReports()).isEqualTo(1);
  }

  @Test
  void whatStillRestsIsTakenOverAndCancelledAndSoIsWhatNobodyKnows() {
    LiveOrder order = first.resting("i1");
    first.venue.open.add(open("i1-1"));
    first.venue.open.add(open("stranger"));
    Desk second = first.restart();
    assertThat(second.venue.cancels).as("the venue is asked first").isEmpty();
    second.prove(second.state(order, OrderState.ACKED, "0"));
    second.orders.recover(second.nowUs);
    assertThat(second.venue.cancels).containsExactly("i1-1");
    second.venue.open.remove(0);
    second.report(second.state(order, OrderState.CANCELLED, "0"));
    second.orders.recover(second.nowUs);
    assertThat(second.venue.cancels).containsExactly("i1-1", "stranger");
    assertThat(second.orders.recovered()).isFalse();
    second.venue.open.clear();
    second.orders.recover(second.after(1).nowUs);
    assertThat(second.orders.recovered()).isTrue();
  }

  @Test
  void theVenuesWordOnPositionsAndBalancesWinsOverTheJournals() {
    first.report(first.fill(first.resting("i1"), "f1", "1", "1"));
    first.venue.balances.add(new Balance("USDT", new BigDecimal("777"), new BigDecimal("777")));
    Desk forgotten = first.restart();
    assertThat(forgotten.orders.recovered()).isTrue();
    assertThat(forgotten.position()).as("a venue that has forgotten").isEqualByComparingTo("0");
    assertThat(forgotten.account.equity()).isEqualTo(first.sim.config.startEquity());
    assertThat(forgotten.account.balances(Map.of()))
        .anyMatch(b -> b.asset().equals("USDT") && b.total().intValueExact() == 777);
    assertThat(forgotten.journal.load().account().positions().get(0).qty().signum()).isZero();
  }

  @Test
  void theCapitalGoesOnWhereTheBooksAgree() {
    first.report(first.fill(first.resting("i1"), "f1", "1", "1"));
    first.venue.positions.add(new Position(first.symbol, Desk.QTY, Desk.PRICE));
    Desk second = first.restart();
    assertThat(second.position()).isEqualByComparingTo("1");
    assertThat(second.account.equity()).isEqualTo(first.account.equity());
  }

  private OpenOrder open(String clientOrderId) {
    return new OpenOrder(clientOrderId, first.symbol, Side.BUY, Desk.QTY, BigDecimal.ZERO);
  }

  private static long number(String intentId) {
    return Long.parseLong(intentId.substring(intentId.lastIndexOf('i') + 1));
  }

  /** A journal whose disk is full from some moment on. */
  private static final class BrokenJournal implements Journal {
    private final MemoryJournal journal = new MemoryJournal();
    private boolean fails;

    @Override
    public Memory load() {
      return journal.load();
    }

    @Override
    public long nextIntent() {
      return journal.nextIntent();
    }

    @Override
    public void save(SavedOrder order) {
      if (fails) {
        throw new JournalException("no room", null);
      }
      journal.save(order);
    }

    @Override
    public void saveReport(SavedOrder order, String identity, SavedAccount account) {
      save(order);
    }

    @Override
    public void saveAccount(SavedAccount account) {
      journal.saveAccount(account);
    }

    @Override
    public int forgetEnded(long beforeUs) {
      return journal.forgetEnded(beforeUs);
    }
  }
}
