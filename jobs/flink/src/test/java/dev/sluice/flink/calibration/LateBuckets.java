// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.calibration;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Liquidity;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.TickView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Buckets and amendments as the buckets' job makes them of one engine whose events are sometimes
 * late: two symbols, both arms and none, ticks, fills and markouts.
 */
public final class LateBuckets {
  public static final long START_US = 1_767_571_200_000_000L;
  private static final long WIDTH_US = 10_000_000L;
  private static final Arm[] ARMS = {null, Arm.A, Arm.B};

  private record Key(int start, String symbol, Arm arm) {
    private static final Comparator<Key> ORDER =
        Comparator.comparingInt(Key::start)
            .thenComparing(Key::symbol)
            .thenComparing(Key::arm, Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  public final List<Bucket> buckets = new ArrayList<>();
  public final List<Bucket> amendments = new ArrayList<>();
  private final TreeMap<Integer, TreeMap<Key, BucketAccumulator>> byArrival = new TreeMap<>();
  private final String engineId;
  private final Random random;
  private long offset;

  /**
   * Makes them.
   *
   * @param starts buckets of the whole engine
   * @param furthest how many starts an event may be late
   */
  public LateBuckets(String engineId, long seed, int starts, int furthest) {
    this.engineId = engineId;
    this.random = new Random(seed);
    for (int start = 0; start < starts; start++) {
      for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
        Arm arm = ARMS[random.nextInt(ARMS.length)];
        for (int n = random.nextInt(6); n > 0; n--) {
          int late = start + 1 + random.nextInt(furthest);
          boolean isLate = random.nextInt(20) == 0 && late < starts;
          event(isLate ? late : start, new Key(start, symbol, arm));
        }
      }
    }
    for (int at = 0; at < starts; at++) {
      close(at, byArrival.getOrDefault(at, new TreeMap<>(Key.ORDER)));
    }
  }

  private void event(int arrival, Key key) {
    BucketAccumulator sums =
        byArrival
            .computeIfAbsent(arrival, at -> new TreeMap<>(Key.ORDER))
            .computeIfAbsent(key, any -> new BucketAccumulator());
    long atUs = START_US + key.start * WIDTH_US + random.nextInt((int) WIDTH_US);
    double mid = 100 + random.nextInt(1_000) / 100.0;
    sums.addInput(Topics.TICKS, 0, offset++);
    if (random.nextInt(4) > 0) {
      sums.addTick(tick(key, atUs, mid));
    } else {
      sums.addFill(fill(key, atUs, mid));
      sums.addMarkout(1, random.nextInt(1_000) / 100.0 - 5, 100_000_000L);
    }
  }

  private void close(int at, Map<Key, BucketAccumulator> arrived) {
    long atUs = START_US + at * WIDTH_US;
    long widthMs = WIDTH_US / 1_000;
    BucketAccumulator whole = new BucketAccumulator();
    arrived.forEach(
        (key, sums) -> {
          Bucket part = sums.toBucket(engineId, key.arm, key.symbol, atUs, widthMs);
          if (key.start == at) {
            buckets.add(part);
            whole.merge(part);
          } else {
            long startUs = START_US + key.start * WIDTH_US;
            amendments.add(sums.toAmendment(engineId, key.arm, key.symbol, startUs, widthMs, atUs));
            whole.addLate(part.events());
          }
        });
    buckets.add(whole.toBucket(engineId, null, null, atUs, widthMs, Source.SIMULATED, atUs, 0));
  }

  private TickView tick(Key key, long atUs, double mid) {
    TickView tick = new TickView();
    tick.engineId = engineId;
    tick.runId = "run-1";
    tick.eventTimeUs = atUs;
    tick.source = Source.SIMULATED;
    tick.symbol = key.symbol;
    tick.arm = key.arm;
    tick.bid = mid - 0.01;
    tick.ask = mid + 0.01;
    tick.bidSize = 1 + random.nextInt(10);
    tick.askSize = 1 + random.nextInt(10);
    tick.totalMs = 1 + random.nextInt(30_000) / 100.0;
    tick.fetchMdMs = tick.totalMs / 2;
    tick.deadlineMs = 150;
    tick.cacheLookup = true;
    tick.cacheHit = random.nextInt(3) > 0;
    tick.cacheAgeMs = random.nextInt(100);
    return tick;
  }

  private FillView fill(Key key, long atUs, double mid) {
    FillView fill = new FillView();
    fill.engineId = engineId;
    fill.runId = "run-1";
    fill.eventTimeUs = atUs;
    fill.source = Source.SIMULATED;
    fill.symbol = key.symbol;
    fill.arm = key.arm;
    fill.side = random.nextBoolean() ? Side.BUY : Side.SELL;
    fill.price = BigDecimal.valueOf(mid);
    fill.qty = BigDecimal.valueOf(1 + random.nextInt(5));
    fill.liquidity = random.nextInt(3) == 0 ? Liquidity.TAKER : Liquidity.MAKER;
    fill.fee = new BigDecimal("0.01");
    fill.feeAsset = "USDT";
    fill.quotePrice = mid - 0.02;
    fill.midAtQuote = mid;
    fill.midAtFill = mid + 0.01;
    return fill;
  }
}
