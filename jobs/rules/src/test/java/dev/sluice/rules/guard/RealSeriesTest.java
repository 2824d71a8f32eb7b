// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.rules.SharedData;
import dev.sluice.rules.criterion.Outcome;
import dev.sluice.rules.spec.GapPolicy;
import dev.sluice.rules.spec.Limit;
import dev.sluice.rules.spec.Operator;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.VerdictOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 23 real series of a cloud and an ad exchange with labelled anomalies. The limit of each is four
 * standard deviations above the mean of its first fifth: what somebody would set who knows no
 * better. A hold must silence most of the false alarms that such a limit gives.
 */
class RealSeriesTest {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final long MINUTE_US = 60_000_000L;

  private record Point(long atUs, double value) {}

  private record Series(String name, List<Point> points, List<long[]> anomalies) {}

  private static final List<Series> ALL = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    Path directory = SharedData.directory("nab_aws_adexchange");
    JsonNode windows =
        new ObjectMapper().readTree(directory.resolve("combined_windows.json").toFile());
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv.gz")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".gz", "").replaceFirst("\\.", "/");
        ALL.add(new Series(name, points(file), anomalies(windows.get(name))));
      }
    }
  }

  @Test
  void aHoldSilencesMostFalseAlarms() {
    int without = 0;
    int with = 0;
    for (Series series : ALL) {
      without += falseTrips(series, 0);
      with += falseTrips(series, 3);
    }
    assertThat(ALL).hasSize(23);
    assertThat(without).isPositive();
    assertThat(with).isLessThan(without / 10);
  }

  /** Trips outside the labelled windows, with a hold of so many samples. */
  private static int falseTrips(Series series, int holdSamples) {
    long everyUs = series.points.get(1).atUs - series.points.get(0).atUs;
    Limit limit = limit(series.points);
    GuardSpec spec =
        new GuardSpec(
            holdSamples * everyUs,
            0,
            0,
            0,
            GapPolicy.RESET,
            0,
            everyUs,
            Long.MAX_VALUE,
            Action.ALERT,
            Action.ALERT,
            null,
            0,
            false,
            0,
            0);
    GuardState state = GuardState.initial();
    int trips = 0;
    for (Point point : series.points) {
      if (point.atUs <= state.lastUs()) {
        continue; // a clock that was set back
      }
      Phase before = state.phase();
      state = Guard.step(state, outcome(limit, point), point.atUs, spec).state();
      boolean tripped = before != Phase.TRIPPED && state.phase() == Phase.TRIPPED;
      trips += tripped && !labelled(series, point.atUs) ? 1 : 0;
    }
    return trips;
  }

  private static Outcome outcome(Limit limit, Point point) {
    boolean breach = limit.holds(point.value);
    return new Outcome(
        breach ? VerdictOutcome.BREACH : VerdictOutcome.PASS,
        !breach,
        breach ? point.atUs : 0,
        point.value,
        1,
        1,
        0,
        "");
  }

  private static Limit limit(List<Point> points) {
    double[] first = points.stream().limit(points.size() / 5).mapToDouble(Point::value).toArray();
    double mean = 0;
    for (double value : first) {
      mean += value / first.length;
    }
    double variance = 0;
    for (double value : first) {
      variance += (value - mean) * (value - mean) / first.length;
    }
    return new Limit(Operator.GREATER, mean + 4 * Math.sqrt(variance));
  }

  private static boolean labelled(Series series, long atUs) {
    return series.anomalies.stream().anyMatch(window -> atUs >= window[0] && atUs <= window[1]);
  }

  private static List<Point> points(Path file) throws IOException {
    List<Point> points = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int comma = line.indexOf(',');
        points.add(
            new Point(
                microseconds(line.substring(0, comma)),
                Double.parseDouble(line.substring(comma + 1))));
      }
    }
    return points;
  }

  private static List<long[]> anomalies(JsonNode windows) {
    List<long[]> anomalies = new ArrayList<>();
    for (JsonNode window : windows) {
      anomalies.add(
          new long[] {
            microseconds(window.get(0).asText().substring(0, 19)) - 30 * MINUTE_US,
            microseconds(window.get(1).asText().substring(0, 19)) + 30 * MINUTE_US
          });
    }
    return anomalies;
  }

  private static long microseconds(String stamp) {
    return LocalDateTime.parse(stamp, STAMP).toEpochSecond(ZoneOffset.UTC) * 1_000_000L;
  }
}
