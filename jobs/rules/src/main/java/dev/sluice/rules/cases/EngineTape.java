// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import dev.sluice.rules.bucket.LatencyHistogram;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.EdgeSum;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.codec.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Ten-second buckets of a healthy engine (20 ticks, 18 hits, a heartbeat at the start of each),
 * with departures from it by field and index. Index 0 starts at {@link #START_US}.
 */
public final class EngineTape {
  public static final long START_US =
      Instant.parse("2026-01-05T00:00:00Z").getEpochSecond() * 1_000_000L;
  public static final long WIDTH_US = 10_000_000L;

  private record Departure(String field, long from, long until, LongFunction<?> value) {}

  private static final byte[] HEALTHY = histogram(10, 20);
  private final List<Departure> departures = new ArrayList<>();
  private final List<long[]> silences = new ArrayList<>();
  private final List<long[]> quiet = new ArrayList<>();

  /** The field has this value in buckets {@code from <= index < until}. */
  public EngineTape with(String field, long from, long until, Object value) {
    departures.add(new Departure(field, from, until, index -> value));
    return this;
  }

  /** The field follows a function of the index. */
  public EngineTape following(String field, LongFunction<?> value) {
    departures.add(new Departure(field, 0, Long.MAX_VALUE, value));
    return this;
  }

  public EngineTape always(String field, Object value) {
    return with(field, 0, Long.MAX_VALUE, value);
  }

  /** Nothing at all is heard. */
  public EngineTape silent(long from, long until) {
    silences.add(new long[] {from, until});
    return this;
  }

  /** Ticks are lost, heartbeats go on. */
  public EngineTape withoutTicks(long from, long until) {
    return with("ticks", from, until, 0)
        .with("cache_lookups", from, until, 0)
        .with("cache_hits", from, until, 0)
        .with("deadline_misses", from, until, 0)
        .with("total_us_histogram", from, until, null)
        .with("fetch_md_us_histogram", from, until, null);
  }

  /** Heartbeats are lost, ticks go on. */
  public EngineTape withoutHeartbeats(long from, long until) {
    quiet.add(new long[] {from, until});
    return this;
  }

  /** So many ticks a bucket, nine of ten hits. */
  public EngineTape ticks(long from, long until, long count) {
    return with("ticks", from, until, count)
        .with("cache_lookups", from, until, count)
        .with("cache_hits", from, until, count * 9 / 10)
        .with("total_us_histogram", from, until, histogram(10, (int) count))
        .with("fetch_md_us_histogram", from, until, histogram(10, (int) count));
  }

  public static long startUs(long index) {
    return START_US + index * WIDTH_US;
  }

  /** The bucket of the whole engine. */
  public Bucket bucket(long index) {
    Map<String, Object> fields = fields(index);
    if (silentAt(index)) {
      withoutTicks(fields);
    } else if (within(quiet, index)) {
      withoutHeartbeat(fields, index);
    }
    return Json.ofFields(fields, Bucket.class);
  }

  /** The bucket of one symbol, with fields of its own. */
  public static Bucket part(long index, String symbol, String arm, Map<String, Object> own) {
    Map<String, Object> fields = new EngineTape().fields(index);
    fields.put("symbol", symbol);
    fields.put("arm", arm);
    fields.putAll(own);
    return Json.ofFields(fields, Bucket.class);
  }

  public boolean silentAt(long index) {
    return within(silences, index);
  }

  /** Whether {@link #health} was sent. */
  public boolean heartbeatAt(long index) {
    return !silentAt(index) && !within(quiet, index);
  }

  private static boolean within(List<long[]> spans, long index) {
    return spans.stream().anyMatch(span -> index >= span[0] && index < span[1]);
  }

  private void withoutHeartbeat(Map<String, Object> fields, long index) {
    long last = index;
    while (last >= 0 && !heartbeatAt(last)) {
      last--;
    }
    fields.put("health_records", 0);
    fields.put("last_health_us", last < 0 ? 0 : startUs(last));
    if (last < 0) {
      fields.put("breaker", null);
      fields.put("started_at_us", 0);
    }
  }

  /** The heartbeat at the start of the bucket. */
  public Health health(long index) {
    Map<String, Object> fields = fields(index);
    fields.put("schema", Health.SCHEMA);
    fields.put("seq", index + 1);
    fields.put("event_time_us", startUs(index));
    return Json.ofFields(fields, Health.class);
  }

  /** A histogram of so many equal latencies. */
  public static byte[] histogram(double valueMs, int count) {
    Histogram histogram = LatencyHistogram.create();
    for (int i = 0; i < count; i++) {
      LatencyHistogram.recordMs(histogram, valueMs);
    }
    return LatencyHistogram.encode(histogram);
  }

  private Map<String, Object> fields(long index) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("schema", Bucket.SCHEMA);
    fields.put("engine_id", "mm-1");
    fields.put("run_id", "run-1");
    fields.put("source", "SIMULATED");
    fields.put("start_us", startUs(index));
    fields.put("width_ms", WIDTH_US / 1000);
    fields.put("events", 21);
    fields.put("last_event_us", startUs(index + 1) - 500_000);
    fields.put("last_event_ever_us", startUs(index + 1) - 500_000);
    fields.put("closed_ingest_us", startUs(index + 1) + 7_000);
    fields.put("ticks", 20);
    fields.put("cache_lookups", 20);
    fields.put("cache_hits", 18);
    fields.put("total_us_histogram", HEALTHY);
    fields.put("fetch_md_us_histogram", HEALTHY);
    for (String edge :
        List.of(
            "capture", "slippage", "fee", "markout1s", "markout5s", "markout30s", "markout60s")) {
      fields.put(edge, EdgeSum.ZERO);
    }
    fields.put("health_records", 1);
    fields.put("last_health_us", startUs(index));
    fields.put("started_at_us", START_US);
    fields.put("rss_bytes", 500_000_000L);
    fields.put("breaker", "CLOSED");
    fields.put("equity", 1000.0);
    fields.put("day_start_equity", 1000.0);
    for (Departure departure : departures) {
      if (index >= departure.from && index < departure.until) {
        fields.put(departure.field, departure.value.apply(index));
      }
    }
    return fields;
  }

  private void withoutTicks(Map<String, Object> fields) {
    long lastHeard = (Long) fields.get("start_us");
    for (long[] silence : silences) {
      long index = (lastHeard - START_US) / WIDTH_US;
      lastHeard = index >= silence[0] && index < silence[1] ? startUs(silence[0] - 1) : lastHeard;
    }
    boolean ever = lastHeard >= START_US;
    for (String count :
        List.of(
            "ticks",
            "cache_lookups",
            "cache_hits",
            "deadline_misses",
            "events",
            "fills",
            "taker_fills",
            "notional_e6",
            "taker_notional_e6",
            "health_records",
            "last_event_us")) {
      fields.put(count, 0);
    }
    fields.put("total_us_histogram", null);
    fields.put("fetch_md_us_histogram", null);
    fields.put("last_event_ever_us", ever ? lastHeard + WIDTH_US - 500_000 : 0);
    fields.put("last_health_us", ever ? lastHeard : 0);
    if (!ever) {
      fields.put("breaker", null);
      fields.put("started_at_us", 0);
    }
  }
}
