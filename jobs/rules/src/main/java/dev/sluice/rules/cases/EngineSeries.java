// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The series that an engine's buckets are made of, one value per ten-second bucket. What no series
 * says is a healthy engine: 20 ticks, 18 cache hits, 10 ms, one heartbeat a bucket, no fills.
 * {@code _} in a series of ticks (heartbeats) is a bucket without ticks (heartbeats); after the
 * last value the engine is healthy again, but for {@code stale}.
 */
final class EngineSeries {
  private static final int TICKS = 20;
  private static final long FOREVER = Long.MAX_VALUE / 2;

  /** What a series says, and where its engine says it. */
  private enum Stream {
    TICKS,
    HEARTBEATS,
    FILLS,
    ENGINE
  }

  private record Meaning(Stream stream, Writer writer) {}

  private interface Writer {
    void write(EngineTape tape, Series series);
  }

  private static final Map<String, Meaning> MEANINGS = meanings();

  private EngineSeries() {}

  /** Every name there is. */
  static List<String> names() {
    return List.copyOf(MEANINGS.keySet());
  }

  /** The engine that behaves so. */
  static EngineTape tape(Map<String, Series> byName) {
    EngineTape tape = new EngineTape();
    byName.forEach(
        (name, series) -> {
          Meaning meaning = MEANINGS.get(name);
          meaning.writer.write(tape, series);
          series.runs(
              (from, until, value) -> {
                if (Double.isNaN(value)) {
                  miss(tape, meaning.stream, from, until);
                }
              });
          if (series.stale()) {
            miss(tape, meaning.stream, series.size(), FOREVER);
          }
        });
    return tape;
  }

  private static Map<String, Meaning> meanings() {
    Map<String, Meaning> meanings = new LinkedHashMap<>();
    meanings.put("ticks", new Meaning(Stream.TICKS, EngineSeries::ticks));
    meanings.put("deadline_misses", count(Stream.TICKS, "deadline_misses"));
    meanings.put("cache_lookups", count(Stream.TICKS, "cache_lookups"));
    meanings.put("cache_hits", count(Stream.TICKS, "cache_hits"));
    meanings.put("total_ms", latency("total_us_histogram"));
    meanings.put("fetch_md_ms", latency("fetch_md_us_histogram"));
    meanings.put("late", new Meaning(Stream.TICKS, EngineSeries::late));
    meanings.put("duplicates", count(Stream.TICKS, "duplicates"));
    meanings.put("fills", count(Stream.FILLS, "fills"));
    meanings.put("taker_percent", new Meaning(Stream.FILLS, EngineSeries::taker));
    meanings.put(
        "rss_mb",
        new Meaning(
            Stream.HEARTBEATS, (tape, s) -> follow(tape, "rss_bytes", s, mb -> (long) (mb * 1e6))));
    meanings.put("breaker_open", new Meaning(Stream.HEARTBEATS, EngineSeries::breaker));
    meanings.put("silent", new Meaning(Stream.ENGINE, EngineSeries::silent));
    return meanings;
  }

  private static Meaning count(Stream stream, String field) {
    return new Meaning(stream, (tape, s) -> follow(tape, field, s, Double::longValue));
  }

  private static Meaning latency(String field) {
    return new Meaning(
        Stream.TICKS, (tape, s) -> follow(tape, field, s, ms -> EngineTape.histogram(ms, TICKS)));
  }

  private static void miss(EngineTape tape, Stream stream, long from, long until) {
    switch (stream) {
      case TICKS -> tape.withoutTicks(from, until);
      case HEARTBEATS -> tape.withoutHeartbeats(from, until);
      case ENGINE -> tape.silent(from, until);
      case FILLS -> {} // none is what a healthy engine has
    }
  }

  private static void follow(
      EngineTape tape, String field, Series series, Function<Double, ?> reading) {
    series.runs(
        (from, until, value) -> {
          if (!Double.isNaN(value)) {
            tape.with(field, from, until, reading.apply(value));
          }
        });
  }

  private static void ticks(EngineTape tape, Series series) {
    series.runs(
        (from, until, count) -> {
          if (count == 0) {
            tape.withoutTicks(from, until);
          } else if (count > 0) {
            tape.ticks(from, until, (long) count);
          }
        });
  }

  /** So many of a bucket's ticks come when it is closed: they are in none. */
  private static void late(EngineTape tape, Series series) {
    series.runs(
        (from, until, count) -> {
          if (count >= TICKS) {
            tape.withoutTicks(from, until);
          } else if (count > 0) {
            tape.ticks(from, until, TICKS - (long) count);
          }
          if (count > 0) {
            tape.with("late", from + 1L, until + 1L, (long) count);
          }
        });
  }

  private static void taker(EngineTape tape, Series series) {
    tape.with("notional_e6", 0, series.size(), 1_000_000_000L);
    follow(tape, "taker_notional_e6", series, percent -> (long) (percent * 10_000_000L));
  }

  private static void silent(EngineTape tape, Series series) {
    series.runs(
        (from, until, flag) -> {
          if (flag > 0) {
            tape.silent(from, until);
          }
        });
  }

  private static void breaker(EngineTape tape, Series series) {
    series.runs(
        (from, until, flag) -> {
          if (flag > 0) {
            tape.with("breaker", from, until, "OPEN");
            tape.with("breaker_since_us", from, until, EngineTape.startUs(from));
          }
        });
  }
}
