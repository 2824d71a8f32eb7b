// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sluice.rules.metric.Measurement;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ValueAtRiskTest {
  private static final long FIRST_HOUR = 490_000;

  @Test
  void isTheNearestRankOfTheLossesTimesTheRootOfADay() {
    // hourly losses of 0.01 % to 1 %, each once: rank 95 of 100 loses 0.95 %
    PriceSeries prices = series(100, hour -> -(hour + 1) * 1e-4);
    assertThat(ratio(List.of(prices), 10_000).value())
        .isEqualTo(10_000 * 0.0095 * Math.sqrt(24) / 100_000, offset(1e-9));
    assertThat(ratio(List.of(prices), 10_000).samples()).isEqualTo(100);
  }

  @Test
  void fewerThanAHundredHoursAreNoData() {
    Measurement measured = ratio(List.of(series(99, hour -> 0.01)), 10_000);
    assertThat(measured.present()).isFalse();
    assertThat(measured.samples()).isEqualTo(99);
  }

  @Test
  void aHedgeTakesTheRiskAway() {
    PriceSeries one = series(150, hour -> hour % 2 == 0 ? 0.01 : -0.01);
    PriceSeries same = series(150, hour -> hour % 2 == 0 ? 0.01 : -0.01);
    assertThat(ratio(List.of(one, same), 10_000, 10_000).value()).isGreaterThan(0.009);
    assertThat(ratio(List.of(one, same), 10_000, -10_000).value()).isEqualTo(0, offset(1e-9));
  }

  @Test
  void onlyHoursInWhichEverySymbolHasAReturnCount() {
    PriceSeries whole = series(150, hour -> 0.001);
    PriceSeries part = new PriceSeries("PART", 720);
    for (int hour = 60; hour <= 150; hour++) {
      part.offer(100, us(hour));
    }
    assertThat(ratio(List.of(whole, part), 1, 1).samples()).isEqualTo(90);
    assertThat(ratio(List.of(whole, part), 1, 0).samples()).isEqualTo(150);
  }

  @Test
  void theHourThatIsNotOverDoesNotCount() {
    PriceSeries prices = series(100, hour -> 0.001);
    prices.offer(1, us(101));
    assertThat(ratio(List.of(prices), 10_000).value()).isZero();
  }

  @Test
  void oldHoursAreForgotten() {
    PriceSeries prices = series(2_000, hour -> hour < 1_000 ? -0.1 : 0.001);
    Measurement measured =
        ValueAtRisk.ratio(new double[] {1e4}, List.of(prices), 1e5, us(2_001), 100, 720);
    assertThat(measured.samples()).isEqualTo(720);
    assertThat(measured.value()).isZero();
  }

  private static Measurement ratio(List<PriceSeries> prices, double... exposures) {
    int hours = prices.get(0).newestUs == us(101) ? 101 : hours(prices.get(0)) + 1;
    return ValueAtRisk.ratio(exposures, prices, 100_000, us(hours), 100, 720);
  }

  private static int hours(PriceSeries series) {
    return (int) (series.newestUs / PriceSeries.HOUR_US - FIRST_HOUR);
  }

  private static PriceSeries series(int hours, IntToDoubleFunction returnOf) {
    PriceSeries prices = new PriceSeries("S", 720);
    double price = 100;
    prices.offer(price, us(0));
    for (int hour = 0; hour < hours; hour++) {
      price *= 1 + returnOf.applyAsDouble(hour);
      prices.offer(price, us(hour + 1));
    }
    return prices;
  }

  private static long us(int hour) {
    return (FIRST_HOUR + hour) * PriceSeries.HOUR_US + 1;
  }
}
