// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, each with where it comes from. A constant that nobody measured is absent, and
 * what depends on it is not told.
 */
public final class Constants {
  private static final double US_PER_S = 1e6;

  /** One constant. */
  public enum Name {
    /** Microseconds of one core: read, check, count, close buckets, judge the stop criteria. */
    JUDGE_US_PER_TICK,
    /** Microseconds of one core: into finished Parquet files. */
    ARCHIVE_US_PER_TICK,
    /** A record in Kafka, uncompressed, with its key and overhead. */
    KAFKA_BYTES_PER_TICK,
    /** In finished Parquet files. */
    ARCHIVED_BYTES_PER_TICK,
    /** A savepoint of buckets and stop criteria, one engine's part. */
    STATE_BYTES_PER_ENGINE;

    /** As it is written. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A value and where it comes from. */
  public record Constant(double value, String provenance) {}

  private final Map<Name, Constant> values = new EnumMap<>(Name.class);

  /** What was measured for the documentation. */
  public static Constants documented() {
    return new Constants()
        .with(
            Name.JUDGE_US_PER_TICK,
            5.4,
            "bench throughput: buckets and criteria, 5.4 µs a tick, 2 shared cores (README)")
        .with(
            Name.ARCHIVE_US_PER_TICK,
            US_PER_S / 68_000,
            "bench datasets: 68,000 rows per core-second from a cold start (README)")
        .with(
            Name.KAFKA_BYTES_PER_TICK,
            464,
            "bench peers: 464 bytes a tick, uncompressed (docs/concepts/performance.md)")
        .with(Name.ARCHIVED_BYTES_PER_TICK, 19.0, "bench datasets: 19.0 bytes a tick (README)");
  }

  /** The value, null when it is not known. */
  public Constant get(Name name) {
    return values.get(name);
  }

  /** All that are known, by {@link Name#id()}. */
  public Map<String, Constant> all() {
    Map<String, Constant> all = new TreeMap<>();
    values.forEach((name, constant) -> all.put(name.id(), constant));
    return all;
  }

  /** Replaces a constant. */
  public Constants with(Name name, double value, String provenance) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be above 0, is " + value);
    }
    values.put(name, new Constant(value, provenance));
    return this;
  }

  /**
   * Replaces what a report of {@code bench throughput}, {@code bench scale} (its row of the most
   * engines), {@code bench datasets} or {@code bench peers} tells.
   *
   * @param file the report's name, for provenance
   * @throws IllegalArgumentException when it tells nothing
   */
  public Constants from(JsonNode report, String file) {
    boolean told =
        throughput(report, file)
            || scale(report, file)
            || datasets(report, file)
            || peers(report, file);
    if (!told) {
      throw new IllegalArgumentException(
          file + " is no report.json of bench throughput, scale, datasets or peers");
    }
    return this;
  }

  private boolean throughput(JsonNode report, String file) {
    double perCoreS = report.path("jobs").path("events_per_core_s").asDouble();
    if (!(perCoreS > 0)) {
      return false;
    }
    with(Name.JUDGE_US_PER_TICK, US_PER_S / perCoreS, "bench throughput, " + file);
    for (JsonNode line : report.path("lines")) {
      if (line.path("job").asText().equals("buckets and criteria")) {
        with(
            Name.STATE_BYTES_PER_ENGINE,
            line.path("state_bytes_per_engine").asDouble(),
            "bench throughput, " + file);
      }
    }
    return true;
  }

  private boolean scale(JsonNode report, String file) {
    JsonNode rows = report.path("engines");
    JsonNode most = rows.path(rows.size() - 1);
    if (!(most.path("us_per_event").asDouble() > 0)) {
      return false;
    }
    String from = "bench scale, " + most.path("engines").asLong() + " engines, " + file;
    with(Name.JUDGE_US_PER_TICK, most.path("us_per_event").asDouble(), from);
    with(Name.STATE_BYTES_PER_ENGINE, most.path("state_bytes_per_engine").asDouble(), from);
    return true;
  }

  private boolean datasets(JsonNode report, String file) {
    JsonNode write = report.path("write");
    double perCoreS = write.path("store").path("events_per_core_s").asDouble();
    if (!(perCoreS > 0)) {
      return false;
    }
    with(Name.ARCHIVE_US_PER_TICK, US_PER_S / perCoreS, "bench datasets, " + file);
    with(
        Name.ARCHIVED_BYTES_PER_TICK,
        write.path("store_bytes_per_row").asDouble(),
        "bench datasets, " + file);
    return true;
  }

  private boolean peers(JsonNode report, String file) {
    double bytes = report.path("kafka_bytes_per_tick").asDouble();
    if (!(bytes > 0)) {
      return false;
    }
    with(Name.KAFKA_BYTES_PER_TICK, bytes, "bench peers, " + file);
    return true;
  }
}
