// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.OrderView;
import dev.sluice.schemas.codec.TickView;
import java.math.BigDecimal;
import java.util.Random;
import java.util.function.Consumer;

/** Plausible events by chance, as actions on an accumulator. */
final class Events {
  static final long START_US = 1_767_571_200_000_000L;

  private Events() {}

  /** One event of any kind within ten seconds. */
  static Consumer<BucketAccumulator> any(Random random) {
    long atUs = START_US + random.nextInt(10_000) * 1_000L;
    String runId = "run-" + random.nextInt(3);
    Source source = Source.values()[random.nextInt(4)];
    int offset = random.nextInt(1_000);
    return switch (random.nextInt(7)) {
      case 0 -> {
        Health health = health(random, atUs, runId, source);
        yield bucket -> bucket.addHealth(health);
      }
      case 1 -> {
        FillView fill = fill(random, atUs, runId, source);
        yield bucket -> bucket.addFill(fill);
      }
      case 2 -> {
        OrderView order = order(random, atUs, runId, source);
        yield bucket -> bucket.addOrder(order);
      }
      case 3 -> {
        int horizon = random.nextInt(4);
        double bps = random.nextGaussian();
        yield bucket -> bucket.addMarkout(horizon, bps, 12_345_678L);
      }
      case 4 ->
          bucket -> {
            bucket.addGaps(offset % 5);
            bucket.addDuplicate();
            bucket.addReordered();
            bucket.addQuarantined();
            bucket.addLate(2);
            bucket.addInput("topic-" + offset % 2, offset % 3, offset);
          };
      default -> {
        TickView tick = tick(random, atUs, runId, source);
        yield bucket -> bucket.addTick(tick);
      }
    };
  }

  static TickView tick(Random random, long atUs, String runId, Source source) {
    TickView tick = new TickView();
    tick.engineId = "mm-1";
    tick.runId = runId;
    tick.seq = 1;
    tick.eventTimeUs = atUs;
    tick.source = source;
    tick.symbol = "SIMUSDT";
    tick.arm = Arm.A;
    tick.bid = 100;
    tick.ask = 100.02;
    tick.totalMs = Math.exp(random.nextGaussian() * 2 + 2);
    tick.deadlineMs = 20;
    tick.fetchMdMs = tick.totalMs / 3;
    tick.spreadMs = random.nextDouble();
    tick.cacheLookup = random.nextBoolean();
    tick.cacheHit = random.nextBoolean();
    tick.usedStale = random.nextInt(10) == 0;
    tick.bidSize = random.nextDouble() * 10;
    tick.askSize = random.nextDouble() * 10;
    tick.ask += random.nextInt(5) / 100.0;
    tick.cacheAgeKnown = tick.cacheLookup;
    tick.cacheAgeMs = tick.cacheLookup ? random.nextDouble() * 300 : 0;
    tick.positionKnown = random.nextInt(4) > 0;
    tick.position = tick.positionKnown ? random.nextGaussian() : 0;
    tick.tradedKnown = random.nextInt(4) > 0;
    tick.tradedQty = tick.tradedKnown ? random.nextInt(3) * 0.7 : 0;
    tick.queueEtaKnown = random.nextInt(4) > 0;
    tick.queueEtaMs = tick.queueEtaKnown ? random.nextDouble() * 1e5 : 0;
    return tick;
  }

  static FillView fill(Random random, long atUs, String runId, Source source) {
    FillView fill = new FillView();
    fill.engineId = "mm-1";
    fill.runId = runId;
    fill.seq = 1;
    fill.eventTimeUs = atUs;
    fill.source = source;
    fill.symbol = "SIMUSDT";
    fill.side = random.nextBoolean() ? Side.BUY : Side.SELL;
    fill.price = BigDecimal.valueOf(9_900 + random.nextInt(200), 2);
    fill.qty = BigDecimal.valueOf(1 + random.nextInt(100_000), 5);
    fill.liquidity = random.nextInt(5) == 0 ? Liquidity.TAKER : Liquidity.MAKER;
    fill.fee = BigDecimal.valueOf(random.nextInt(100) - 30, 4);
    fill.feeAsset = "USDT";
    fill.quotePrice = 100;
    fill.midAtQuote = 100;
    fill.midAtFill = 100.01;
    return fill;
  }

  static OrderView order(Random random, long atUs, String runId, Source source) {
    OrderView order = new OrderView();
    order.engineId = "mm-1";
    order.runId = runId;
    order.seq = 1;
    order.eventTimeUs = atUs;
    order.source = source;
    order.symbol = "SIMUSDT";
    order.state = OrderState.values()[random.nextInt(OrderState.values().length)];
    order.price = 100;
    order.qty = 1;
    order.cumQty = random.nextInt(2);
    order.submittedAtUs = atUs - random.nextInt(1_000_000);
    return order;
  }

  static Health health(Random random, long atUs, String runId, Source source) {
    return new Health(
        Health.SCHEMA,
        "mm-1",
        runId,
        1,
        atUs,
        source,
        "build",
        "hash",
        START_US,
        400_000_000L + random.nextInt(1_000),
        1,
        1,
        BreakerState.values()[random.nextInt(3)],
        START_US,
        random.nextInt(3),
        0,
        0,
        0,
        0,
        0,
        2,
        1_000 + random.nextInt(3),
        1,
        2,
        1_000,
        Mode.RUN,
        random.nextInt(2),
        1,
        0,
        null,
        null,
        null);
  }
}
