// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine and its shadow, in the order of time: a quote each five seconds, every second filled.
 */
final class PairScript {
  static final String LIVE = "mm-1";
  static final String SHADOW = "mm-1-shadow";

  private static final long START_US = 1_767_571_200_000_000L;
  private static final BigDecimal PRICE = new BigDecimal("100");

  private final List<EngineEvent> events = new ArrayList<>();

  static long at(long second) {
    return START_US + second * 1_000_000;
  }

  /** So many seconds of both; the fills of the live engine are dearer by so many bps. */
  static List<EngineEvent> both(int seconds, double dearerBps) {
    PairScript script = new PairScript();
    for (int second = 0; second <= seconds; second += 5) {
      script.moment(LIVE, second, dearerBps);
      script.moment(SHADOW, second, 0);
    }
    return script.events;
  }

  /** The live engine alone. */
  static List<EngineEvent> alone(int seconds) {
    PairScript script = new PairScript();
    for (int second = 0; second <= seconds; second += 5) {
      script.moment(LIVE, second, 0);
    }
    return script.events;
  }

  private void moment(String engineId, int second, double dearerBps) {
    if (second % 10 == 0) {
      events.add(EngineEvent.until(engineId, at(second), at(second), Source.SIMULATED, 0));
      events.add(EngineEvent.of(health(engineId, second), null, 0));
    }
    int quote = second / 5;
    events.add(order(engineId, second, quote, quote * 2L + 1, OrderState.INTENDED));
    events.add(order(engineId, second, quote, quote * 2L + 2, OrderState.SUBMITTED));
    if (quote % 2 == 0) {
      events.add(EngineEvent.of(fill(engineId, second, quote, dearerBps), null, 0));
    }
  }

  private static EngineEvent order(
      String engineId, long second, int quote, long seq, OrderState state) {
    Order order =
        new Order(
            Order.SCHEMA,
            engineId,
            "run-1",
            seq,
            at(second),
            Source.SIMULATED,
            "i-" + quote,
            "c-" + quote,
            null,
            "SIMUSDT",
            null,
            null,
            Side.BUY,
            OrderType.LIMIT,
            Purpose.QUOTE,
            state,
            PRICE,
            BigDecimal.ONE,
            BigDecimal.ZERO,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            100.01,
            null);
    return EngineEvent.of(order, null, 0);
  }

  private static Fill fill(String engineId, long second, int quote, double dearerBps) {
    return new Fill(
        Fill.SCHEMA,
        engineId,
        "run-1",
        quote / 2 + 1,
        at(second),
        Source.SIMULATED,
        "f-" + quote,
        "i-" + quote,
        "c-" + quote,
        "SIMUSDT",
        null,
        null,
        Side.BUY,
        BigDecimal.valueOf(100 * (1 + dearerBps / 1e4)),
        BigDecimal.ONE,
        Liquidity.MAKER,
        new BigDecimal("0.01"),
        "USDT",
        100,
        100.01,
        100.01,
        1,
        null,
        BigDecimal.ONE,
        at(second),
        null,
        null);
  }

  private static Health health(String engineId, long second) {
    return new Health(
        Health.SCHEMA,
        engineId,
        "run-1",
        second / 10 + 1,
        at(second),
        Source.SIMULATED,
        "build",
        "hash",
        at(-3_600),
        1,
        1,
        1,
        BreakerState.CLOSED,
        at(-3_600),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1_000,
        second,
        0,
        1_000,
        Mode.RUN,
        0,
        1,
        0,
        null,
        null,
        null);
  }
}
