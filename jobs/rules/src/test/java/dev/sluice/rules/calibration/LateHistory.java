// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.rules.cases.EngineTape;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random history of one engine: buckets in order, what came late, and what it would have been.
 */
public final class LateHistory {
  private static final String[] SYMBOLS = {"BTCUSDT", "ETHUSDT"};
  private static final Arm[] ARMS = {null, Arm.A, Arm.B};

  public final List<Bucket> buckets = new ArrayList<>();
  public final List<Bucket> amendments = new ArrayList<>();

  /** The same buckets as if nothing had been late. */
  public final List<Bucket> inTime = new ArrayList<>();

  private final String engineId;
  private final Random random;
  private long offset;

  /**
   * A history.
   *
   * @param starts buckets of the whole engine
   * @param furthest how many starts an event may be late
   */
  public LateHistory(String engineId, long seed, int starts, int furthest) {
    this.engineId = engineId;
    this.random = new Random(seed);
    TreeMap<Long, List<Bucket>> seen = new TreeMap<>();
    for (long index = 0; index < starts; index++) {
      List<Bucket> parts = parts(index);
      seen.put(index, new ArrayList<>(parts));
      long late = 0;
      for (int n = index == 0 || random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(3); n > 0; n--) {
        long of = Math.max(0, index - 1 - random.nextInt(furthest));
        Bucket event = part(of, SYMBOLS[random.nextInt(2)], ARMS[random.nextInt(3)]);
        seen.get(of).add(event);
        Bucket amendment = with(event, Map.of("amended_at_us", EngineTape.startUs(index)));
        amendments.add(amendment);
        late += amendment.events();
      }
      buckets.addAll(parts);
      buckets.add(whole(index, late));
    }
    seen.forEach(
        (index, parts) -> {
          inTime.addAll(merged(parts));
          inTime.add(whole(index, 0));
        });
  }

  private List<Bucket> parts(long index) {
    List<Bucket> parts = new ArrayList<>();
    for (String symbol : SYMBOLS) {
      for (Arm arm : ARMS) {
        if (random.nextInt(3) > 0) {
          parts.add(part(index, symbol, arm));
        }
      }
    }
    return parts;
  }

  private Bucket part(long index, String symbol, Arm arm) {
    int ticks = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(20);
    int fills = random.nextInt(3);
    Map<String, Object> own = new HashMap<>();
    own.put("engine_id", engineId);
    own.put("ticks", ticks);
    own.put("fills", fills);
    own.put("events", ticks + fills + 1);
    own.put("cache_lookups", ticks);
    own.put("cache_hits", random.nextInt(ticks + 1));
    own.put("health_records", 0);
    own.put("last_health_us", 0);
    own.put("notional_e6", fills * 100_000_000L);
    own.put("capture", edge(fills));
    own.put("markout5s", edge(fills));
    own.put("fee", edge(fills));
    own.put(
        "total_us_histogram",
        ticks == 0 ? null : EngineTape.histogram(1 + random.nextInt(900), ticks));
    own.put(
        "inputs",
        List.of(
            Json.mapper()
                .convertValue(
                    new InputRange("sluice.ticks", 0, offset, offset + ticks), Map.class)));
    offset += 100;
    return EngineTape.part(index, symbol, arm == null ? null : arm.name(), own);
  }

  private EdgeSum edge(int fills) {
    return new EdgeSum(fills * 100_000_000L, fills * (random.nextInt(2_000_000) - 1_000_000L));
  }

  /** One bucket per key. */
  private static List<Bucket> merged(List<Bucket> parts) {
    TreeMap<String, BucketAccumulator> byKey = new TreeMap<>();
    for (Bucket part : parts) {
      byKey
          .computeIfAbsent(part.symbol() + '|' + part.arm(), key -> new BucketAccumulator())
          .merge(part);
    }
    List<Bucket> merged = new ArrayList<>();
    byKey.forEach(
        (key, sums) -> {
          Bucket any =
              parts.stream()
                  .filter(part -> key.equals(part.symbol() + '|' + part.arm()))
                  .findFirst()
                  .orElseThrow();
          merged.add(
              sums.toBucket(any.engineId(), any.arm(), any.symbol(), any.startUs(), any.widthMs()));
        });
    return merged;
  }

  private Bucket whole(long index, long late) {
    return EngineTape.part(index, null, null, Map.of("engine_id", engineId, "late", late));
  }

  static Bucket with(Bucket bucket, Map<String, Object> own) {
    Map<String, Object> fields = new HashMap<>();
    Json.mapper()
        .valueToTree(bucket)
        .properties()
        .forEach(f -> fields.put(f.getKey(), f.getValue()));
    fields.putAll(own);
    return Json.mapper().convertValue(fields, Bucket.class);
  }

  /** Buckets and amendments in a random interleaving that keeps the order of either. */
  public static List<Bucket> interleaved(List<Bucket> some, List<Bucket> others, Random random) {
    List<Bucket> all = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < some.size() || j < others.size()) {
      boolean first =
          j == others.size() || (i < some.size() && random.nextInt(some.size()) > others.size());
      all.add(first ? some.get(i++) : others.get(j++));
    }
    return all;
  }
}
