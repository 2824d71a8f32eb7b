// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.metric;

import static dev.sluice.rules.cases.EngineTape.START_US;
import static dev.sluice.rules.cases.EngineTape.histogram;
import static dev.sluice.rules.cases.EngineTape.startUs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.rules.bucket.LatencyHistogram;
import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.MarketSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final int HOUR = 360;

  @Test
  void namesAreUniqueAndEverythingIsSaid() {
    Set<String> ids = new HashSet<>();
    for (Metric metric : Metric.values()) {
      assertThat(ids.add(metric.id())).as(metric.id()).isTrue();
      assertThat(metric.id())
          .matches("[a-z0-9_]+")
          .isEqualTo(metric.name().toLowerCase(java.util.Locale.ROOT));
      assertThat(metric.unit()).isNotBlank();
      assertThat(metric.formula()).isNotBlank();
      assertThat(metric.direction()).isNotNull();
      assertThat(metric.percentileMethod().isEmpty())
          .isEqualTo(!metric.id().matches(".*_p\\d\\d_ms"));
      assertThat(Metric.byId(metric.id())).isSameAs(metric);
    }
    assertThat(Metric.byId("nothing")).isNull();
  }

  @Test
  void anEmptyWindowHasNoValueAndNeverZero() {
    WindowView nothing = new WindowView(startUs(0), startUs(6), 10_000, 0, List.of());
    WindowView silence = window(new EngineTape().silent(0, 99), 0, 6);
    for (Metric metric : Metric.values()) {
      if (metric.instant() || metric == Metric.COVERAGE_RATIO) {
        continue;
      }
      boolean count =
          List.of("seq_gaps", "duplicates", "late", "quarantined").contains(metric.id());
      assertThat(metric.measure(nothing).present() && metric.measure(nothing).samples() > 0)
          .as(metric.id())
          .isFalse();
      assertThat(metric.measure(silence).present()).as(metric.id()).isEqualTo(count);
    }
    assertThat(Metric.COVERAGE_RATIO.measure(silence)).isEqualTo(new Measurement(0, 6));
  }

  @Test
  void ratiosAreSumsOverSums() {
    EngineTape tape =
        new EngineTape()
            .with("ticks", 0, 1, 100)
            .with("deadline_misses", 0, 1, 10)
            .with("stale_served", 1, 2, 6)
            .with("cache_hits", 0, 2, 15);
    value(Metric.DEADLINE_MISS_RATIO, tape, 2, 10 / 120.0, 120);
    value(Metric.STALE_SERVED_RATIO, tape, 2, 6 / 120.0, 120);
    value(Metric.CACHE_HIT_RATIO, tape, 2, 30 / 40.0, 40);
    value(Metric.TICK_RATE, tape, 2, 6, 2);
    value(Metric.TICK_RATE, new EngineTape().withoutTicks(0, 9), 2, 0, 2);
  }

  @Test
  void theMarketIsMeasuredFromItsSums() {
    MarketSums sums =
        new MarketSums(
            4,
            6_000_000,
            4_000_000_000L,
            2,
            5_000,
            3,
            30_000_000,
            1,
            1_500_000,
            2,
            -8_000_000,
            12_000_000,
            9,
            36_000_000,
            9_000_000);
    EngineTape tape = new EngineTape().with("market", 0, 1, sums);
    value(Metric.SPREAD_BPS, tape, 2, 1.5, 4);
    value(Metric.DEPTH_QUOTE, tape, 2, 1_000, 4);
    value(Metric.CACHE_AGE_MS, tape, 2, 2.5, 2);
    value(Metric.TRADE_INTENSITY_QUOTE_PER_S, tape, 2, 30 / 20.0, 3);
    value(Metric.QUEUE_ETA_MS, tape, 2, 1_500, 1);
    value(Metric.INVENTORY_QUOTE, tape, 2, -4, 2);
    value(Metric.ABSOLUTE_INVENTORY_QUOTE, tape, 2, 6, 2);
    value(Metric.VOLATILITY_BPS, tape, 2, 2, 9); // 36 bps² over 9 s
    MarketSums overflowed =
        new MarketSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, -36_000_000, 9_000_000);
    Measurement none =
        Metric.VOLATILITY_BPS.measure(
            window(new EngineTape().with("market", 0, 1, overflowed), 0, 1));
    assertThat(none.value()).isNaN();
    assertThat(none.samples()).isEqualTo(9);
  }

  @Test
  void takerShareIsOfNotionalNotOfFills() {
    EngineTape tape =
        new EngineTape()
            .always("fills", 10)
            .always("taker_fills", 5)
            .always("notional_e6", 1_000_000_000L)
            .always("taker_notional_e6", 100_000_000L);
    value(Metric.TAKER_SHARE, tape, 3, 0.1, 30);
    value(Metric.TAKER_SHARE_COUNT, tape, 3, 0.5, 30);
  }

  @Test
  void edgesAreWeightedByNotional() {
    EngineTape tape =
        new EngineTape()
            .always("fills", 1)
            .with("capture", 0, 1, new EdgeSum(1_000_000, 4_000_000))
            .with("capture", 1, 2, new EdgeSum(3_000_000, 0))
            .with("markout5s", 0, 2, new EdgeSum(1_000_000, -2_000_000))
            .with("fee", 0, 2, new EdgeSum(1_000_000, -500_000));
    value(Metric.CAPTURE_BPS, tape, 2, 1.0, 2);
    value(Metric.MARKOUT_5S_BPS, tape, 2, -2.0, 2);
    value(Metric.FEE_BPS, tape, 2, -0.5, 2);
    value(Metric.NET_BPS, tape, 2, 1.0 - 2.0 + 0.5, 2);
    assertThat(Metric.MARKOUT_60S_BPS.measure(window(tape, 0, 2)).present()).isFalse();
  }

  @Test
  void ordersHaveTheirRatios() {
    EngineTape tape =
        new EngineTape()
            .always("orders_intended", 20)
            .always("filled_intents", 5)
            .always("orders_submitted", 10)
            .always("orders_rejected", 1);
    value(Metric.FILL_RATIO, tape, 2, 0.25, 40);
    value(Metric.REJECT_RATIO, tape, 2, 0.1, 20);
  }

  @Test
  void percentilesOfTheWindowAreThoseOfTheMergedHistogram() {
    Random random = new Random(7);
    Histogram all = LatencyHistogram.create();
    List<byte[]> encoded = new ArrayList<>();
    for (int index = 0; index < 60; index++) {
      Histogram one = LatencyHistogram.create();
      for (int i = 0; i < 20; i++) {
        LatencyHistogram.recordMs(one, Math.exp(random.nextGaussian() * 2 + 2));
      }
      all.add(one);
      encoded.add(LatencyHistogram.encode(one));
    }
    EngineTape tape = new EngineTape().following("total_us_histogram", i -> encoded.get((int) i));
    value(Metric.TICK_TOTAL_P50_MS, tape, 60, LatencyHistogram.percentileMs(all, 50), 1200);
    value(Metric.TICK_TOTAL_P95_MS, tape, 60, LatencyHistogram.percentileMs(all, 95), 1200);
    value(Metric.TICK_TOTAL_P99_MS, tape, 60, LatencyHistogram.percentileMs(all, 99), 1200);
  }

  @Test
  void everyStageHasItsPercentile() {
    String[] stages = {"fetch_md", "spread", "guards", "inventory", "queue_aware", "emit"};
    for (int i = 0; i < stages.length; i++) {
      EngineTape tape =
          new EngineTape().always(stages[i] + "_us_histogram", histogram(10 * (i + 1), 20));
      assertThat(Metric.byId(stages[i] + "_p95_ms").measure(window(tape, 0, 6)).value())
          .as(stages[i])
          .isCloseTo(10 * (i + 1), within(0.1 * (i + 1)));
    }
    EngineTape orders = new EngineTape().always("order_age_us_histogram", histogram(700, 3));
    assertThat(Metric.ORDER_AGE_P95_MS.measure(window(orders, 0, 6)).value())
        .isCloseTo(700, within(7.0));
  }

  @Test
  void theSlopeOfMemoryIsRobustAndStartsAnewWithTheProcess() {
    EngineTape leak =
        new EngineTape()
            .following(
                "rss_bytes", i -> 100_000_000L + i * 250_000 + (i % 25 == 0 ? 900_000_000L : 0));
    Measurement slope = Metric.RSS_SLOPE_MB_PER_H.measure(window(leak, 0, 2 * HOUR));
    assertThat(slope.value()).isCloseTo(90, within(1.0));
    assertThat(slope.samples()).isEqualTo(120);

    EngineTape restarted = leak.with("started_at_us", HOUR, 9 * HOUR, startUs(HOUR));
    Measurement after = Metric.RSS_SLOPE_MB_PER_H.measure(window(restarted, 0, 2 * HOUR));
    assertThat(after.samples()).isEqualTo(60);
    assertThat(after.value()).isCloseTo(90, within(1.0));
  }

  @Test
  void warmUpIsNoLeak() {
    EngineTape ramp =
        new EngineTape().following("rss_bytes", i -> 100_000_000L + Math.min(i, 180) * 1_000_000);
    List<Bucket> buckets = window(ramp, 0, HOUR).buckets();
    WindowView warm = new WindowView(startUs(0), startUs(HOUR), 10_000, startUs(180), buckets);
    assertThat(Metric.RSS_SLOPE_MB_PER_H.measure(window(ramp, 0, HOUR)).value()).isGreaterThan(100);
    assertThat(Metric.RSS_SLOPE_MB_PER_H.measure(warm).value()).isCloseTo(0, within(1e-9));
  }

  @Test
  void driftComparesTheLastHourWithTheFirstAfterWarmUp() {
    EngineTape growing =
        new EngineTape().following("rss_bytes", i -> i < 2 * HOUR ? 100_000_000L : 104_000_000L);
    List<Bucket> buckets = window(growing, 0, 4 * HOUR).buckets();
    WindowView whole = new WindowView(startUs(0), startUs(4 * HOUR), 10_000, startUs(60), buckets);
    assertThat(Metric.RSS_DRIFT_RATIO.measure(whole).value()).isCloseTo(0.04, within(1e-9));
    assertThat(Metric.RSS_DRIFT_RATIO.measure(window(growing, 0, 4 * HOUR)).present()).isFalse();
  }

  @Test
  void countersKnowRestarts() {
    EngineTape tape =
        new EngineTape()
            .following("api_errors", i -> i < 6 ? 40 + i : i - 6)
            .with("started_at_us", 0, 6, START_US - 1)
            .with("started_at_us", 6, 99, startUs(6));
    value(Metric.API_ERRORS, tape, 12, 5 + 5, 12);
    value(Metric.RESTARTS, tape, 12, 1, 12);
    value(Metric.UPTIME_H, tape, 12, 60 / 3600.0, 6);
    EngineTape young = new EngineTape().always("stale_marks", 3);
    value(Metric.STALE_MARKS, young, 6, 3, 6);
    EngineTape old = young.always("started_at_us", START_US - 1);
    value(Metric.STALE_MARKS, old, 6, 0, 6);
  }

  @Test
  void statesOfTheMoment() {
    EngineTape tape =
        new EngineTape()
            .with("breaker", 6, 99, "OPEN")
            .always("breaker_since_us", startUs(6))
            .always("unfilled_orders", 2);
    assertThat(at(Metric.BREAKER_OPEN_S, tape, 5)).isEqualTo(new Measurement(0, 1));
    assertThat(at(Metric.BREAKER_OPEN_S, tape, 9)).isEqualTo(new Measurement(40, 1));
    assertThat(Metric.BREAKER_OPEN_S.measure(Gauges.of(tape.health(9))).value()).isEqualTo(30);
    assertThat(at(Metric.UNFILLED_ORDERS, tape, 0).value()).isEqualTo(2);
    assertThat(at(Metric.EVENT_AGE_S, tape, 0).value()).isEqualTo(0.5);

    EngineTape silent = new EngineTape().silent(6, 99);
    assertThat(at(Metric.EVENT_AGE_S, silent, 11).value()).isEqualTo(60.5);
    assertThat(at(Metric.BREAKER_OPEN_S, silent, 10).present()).isTrue();
    assertThat(at(Metric.BREAKER_OPEN_S, silent, 11).present()).isFalse();
    assertThat(at(Metric.EVENT_AGE_S, new EngineTape().silent(0, 99), 11).present()).isFalse();
    assertThatThrownBy(() -> Metric.EVENT_AGE_S.measure(window(tape, 0, 6)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void completenessIsCounted() {
    EngineTape tape = new EngineTape().always("seq_gaps", 2).always("late", 1).silent(3, 6);
    value(Metric.SEQ_GAPS, tape, 6, 12, 6);
    value(Metric.LATE, tape, 6, 6, 6);
    value(Metric.COVERAGE_RATIO, tape, 6, 0.5, 6);
  }

  @Test
  void theMedianIsThatOfTheSortedValues() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      double[] values = random.ints(1 + random.nextInt(40), 0, 20).asDoubleStream().toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int size = sorted.length;
      double expected = (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
      assertThat(TheilSen.median(values, size)).isEqualTo(expected);
    }
    assertThat(TheilSen.slope(new double[] {1}, new double[] {1})).isNaN();
  }

  private static Measurement at(Metric metric, EngineTape tape, long index) {
    return metric.measure(Gauges.of(tape.bucket(index)));
  }

  private static void value(
      Metric metric, EngineTape tape, int buckets, double value, long samples) {
    Measurement measured = metric.measure(window(tape, 0, buckets));
    assertThat(measured.value()).as(metric.id()).isCloseTo(value, within(1e-9));
    assertThat(measured.samples()).as(metric.id()).isEqualTo(samples);
  }

  private static WindowView window(EngineTape tape, int from, int until) {
    List<Bucket> buckets = new ArrayList<>();
    for (int index = from; index < until; index++) {
      buckets.add(tape.bucket(index));
    }
    return new WindowView(startUs(from), startUs(until), 10_000, 0, buckets);
  }
}
