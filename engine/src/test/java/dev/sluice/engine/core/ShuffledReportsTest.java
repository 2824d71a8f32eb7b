// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.engine.core.VenueHistory.Told;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reports of a random small history, shuffled, said twice and some of them lost, leave the same
 * end state as the clean ones. Each history ends flat: what is realised on the way there depends on
 * the order of the executions, by the average-cost method itself, and at the end it does not.
 */
class ShuffledReportsTest {
  private static final int HISTORIES = 60;

  /** What an engine holds in the end. */
  private record EndState(
      Map<String, String> orders, BigDecimal position, double realised, long quarantined) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shuffledDuplicatedAndLostReportsLeaveTheStateOfTheCleanOnes(long seed) {
    String symbol = new Desk().symbol;
    long quarantined = 0;
    for (int i = 0; i < HISTORIES; i++) {
      SeededRandom random = SeededRandom.of(seed * 1_000 + i, "history");
      List<Told> history = history(symbol, random);
      EndState clean = play(history, reports(history), random, false);
      List<ExecutionReport> shuffled = shuffled(reports(history), random);
      EndState disturbed = play(history, shuffled, random, true);
      assertThat(disturbed.orders()).as("history " + i).isEqualTo(clean.orders());
      assertThat(disturbed.position()).isEqualByComparingTo(clean.position());
      assertThat(disturbed.position()).isEqualByComparingTo("0");
      assertThat(disturbed.realised()).isCloseTo(clean.realised(), within(1e-9));
      assertThat(clean.quarantined()).isZero();
      quarantined += disturbed.quarantined();
    }
    assertThat(quarantined).as("they were disturbed").isGreaterThan(HISTORIES);
  }

  private static EndState play(
      List<Told> history, List<ExecutionReport> reports, SeededRandom random, boolean loses) {
    Desk desk = new Desk();
    Map<String, Told> byId = new LinkedHashMap<>();
    for (Told told : history) {
      LiveOrder order = desk.orders.send(told.intent(), desk.nowUs);
      byId.put(order.clientOrderId(), told);
      if (told.cancelled()) {
        desk.orders.cancel(order, desk.nowUs, "test");
      }
    }
    for (ExecutionReport report : reports) {
      desk.after(0.01);
      if (!loses || !random.chance(0.1)) {
        desk.report(report);
      }
      if (random.chance(0.3)) {
        answer(desk, byId);
      }
    }
    for (int i = 0; i < 10; i++) {
      desk.after(11).poll();
      answer(desk, byId);
    }
    // What a venue that lost a resting order's last words would still be asked: everything.
    byId.keySet().forEach(id -> desk.orders.onStatus(byId.get(id).status(id), desk.nowUs));
    Map<String, String> orders = new TreeMap<>();
    desk.journal
        .load()
        .orders()
        .forEach(
            order ->
                orders.put(
                    order.clientOrderId(),
                    order.state() + " " + order.cumQty().stripTrailingZeros().toPlainString()));
    Journal.SavedAccount saved = desk.journal.load().account();
    assertThat(saved == null ? BigDecimal.ZERO : saved.positions().get(0).qty())
        .as("the journal's position is the book's")
        .isEqualByComparingTo(desk.position());
    return new EndState(
        orders, desk.position(), desk.account.realisedPnl(), desk.counts().quarantinedReports());
  }

  private static void answer(Desk desk, Map<String, Told> byId) {
    List<String> asked = List.copyOf(desk.venue.queries);
    desk.venue.queries.clear();
    for (String id : asked) {
      desk.orders.onStatus(byId.get(id).status(id), desk.nowUs);
    }
  }

  private static List<ExecutionReport> reports(List<Told> history) {
    List<ExecutionReport> reports = new ArrayList<>();
    history.forEach(told -> reports.addAll(told.reports()));
    return reports;
  }

  /** Each report once or twice, each copy up to some places away from where it belongs. */
  private static List<ExecutionReport> shuffled(List<ExecutionReport> clean, SeededRandom random) {
    TreeMap<Double, ExecutionReport> places = new TreeMap<>();
    for (int i = 0; i < clean.size(); i++) {
      int copies = random.chance(0.2) ? 2 : 1;
      for (int copy = 0; copy < copies; copy++) {
        places.put(i + 8.0 * random.nextDouble(), clean.get(i));
      }
    }
    return List.copyOf(places.values());
  }

  /** Some orders and one that closes what they leave. */
  private static List<Told> history(String symbol, SeededRandom random) {
    List<Told> history = new ArrayList<>();
    long net = 0;
    int orders = 2 + (int) (random.nextDouble() * 6);
    for (int i = 1; i <= orders; i++) {
      Side side = random.chance(0.5) ? Side.BUY : Side.SELL;
      long lots = 1 + (long) (random.nextDouble() * 6);
      long filled = random.chance(0.4) ? lots : (long) (random.nextDouble() * lots);
      boolean rejected = filled == 0 && random.chance(0.3);
      boolean cancelled = filled < lots && !rejected && random.chance(0.6);
      net += side.sign() * filled;
      history.add(
          VenueHistory.told(
              symbol, "i" + i, side, lots, filled, rejected, cancelled, Sim.START_US, random));
    }
    if (net != 0) {
      Side side = net > 0 ? Side.SELL : Side.BUY;
      long lots = Math.abs(net);
      history.add(
          VenueHistory.told(
              symbol, "i" + (orders + 1), side, lots, lots, false, false, Sim.START_US, random));
    }
    return history;
  }
}
