// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What {@link ThroughputBench} measured. Rates are events per second of wall clock and per second
 * of one core.
 *
 * @param events ticks in the topic
 * @param ratioPerCore jobs over plain consumer, events per core-second: the headline
 * @param naiveRatioPerCore naive job over plain consumer
 * @param plain a single-threaded Kafka consumer that fills the same buckets
 * @param jobs buckets and stop criteria
 * @param naive parse, keyBy, tumbling window
 * @param lines each job beside a plain consumer of its topics, with its state
 */
public record ThroughputReport(
    long events,
    long warmUpEvents,
    double ratioPerCore,
    double naiveRatioPerCore,
    Rate plain,
    Rate plainFetch,
    Rate plainParse,
    Rate jobs,
    Rate jobsSource,
    Rate jobsParse,
    Rate jobsBuckets,
    Rate naive,
    List<JobLine> lines) {

  /** One JSON object. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** A table for people. */
  public String text() {
    return String.format(
            Locale.ROOT,
            "%,d ticks after %,d of warm-up%n%-44s %12s %14s %12s%n",
            events,
            warmUpEvents,
            "",
            "events/s",
            "per core-s",
            "core µs each")
        + line("plain consumer, fetch", plainFetch)
        + line("plain consumer, + parse", plainParse)
        + line("plain consumer, + buckets", plain)
        + line("Flink, source", jobsSource)
        + line("Flink, + parse", jobsParse)
        + line("Flink, + checks, buckets, merge, close", jobsBuckets)
        + line("Flink, + stop criteria", jobs)
        + line("naive Flink job (parse, keyBy, window)", naive)
        + String.format(
            Locale.ROOT, "ratio per core %.2f (naive job %.2f)%n", ratioPerCore, naiveRatioPerCore)
        + jobTable();
  }

  private String jobTable() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-28s %12s %12s %6s %16s   %s%n",
            "job, events per core-s",
            "plain",
            "Flink",
            "ratio",
            "state/engine",
            "events"));
    for (JobLine line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %,12.0f %,12.0f %6.2f %,14.0f B   %,d %s%n",
              line.job(),
              line.plain().eventsPerCoreS(),
              line.flink().eventsPerCoreS(),
              line.ratioPerCore(),
              line.stateBytesPerEngine(),
              line.events(),
              line.of()));
    }
    text.append(
        "state: bytes of a canonical savepoint when 95 % of the events were through, by engine\n");
    return text.toString();
  }

  private static String line(String name, Rate rate) {
    return String.format(
        Locale.ROOT,
        "%-44s %,12.0f %,14.0f %12.2f%n",
        name,
        rate.eventsPerS(),
        rate.eventsPerCoreS(),
        rate.usPerEvent());
  }
}
