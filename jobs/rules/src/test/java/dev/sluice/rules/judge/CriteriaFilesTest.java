// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.rules.SharedData;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.parity.ParitySettings;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The test files beside the criteria, and that each criterion can breach, pass and miss in them.
 */
class CriteriaFilesTest {
  private record Case(
      String file, String name, String criterion, JsonNode series, JsonNode expect) {}

  @TestFactory
  Stream<DynamicTest> everyCaseHolds() throws IOException {
    return cases().stream()
        .map(one -> DynamicTest.dynamicTest(one.criterion + ": " + one.name, () -> check(one)));
  }

  @Test
  void everyShippedCriterionBreachesPassesAndMissesInItsTestFile() throws IOException {
    Map<String, Set<VerdictOutcome>> seen = new HashMap<>();
    for (Case one : cases()) {
      for (JsonNode expected : one.expect) {
        seen.computeIfAbsent(one.criterion, id -> new HashSet<>())
            .add(VerdictOutcome.valueOf(expected.asText().split(" ", -1)[0]));
      }
    }
    for (CriterionSpec spec : ShippedCriteria.all()) {
      if (spec.metric().family() == Family.PORTFOLIO) {
        continue; // of several engines: ShippedRiskCriteriaTest
      }
      assertThat(seen.get(spec.id()))
          .as(spec.id())
          .containsExactlyInAnyOrder(VerdictOutcome.values());
    }
  }

  private static void check(Case one) {
    CriterionSpec spec = ShippedCriteria.of(one.criterion);
    Map<Long, String> expected = new HashMap<>();
    one.expect
        .properties()
        .forEach(
            entry ->
                expected.put(Durations.parseMs(entry.getKey()) * 1000, entry.getValue().asText()));
    long lastUs = expected.keySet().stream().mapToLong(at -> at).max().orElseThrow();
    long steps = lastUs / stepUs(spec) + 1;
    List<Verdict> verdicts =
        spec.metric().family() == Family.BUCKETS
            ? new JudgeRun(List.of(spec)).play(tape(one.series), 0, steps).of(spec.id())
            : measuredElsewhere(spec, one.series, steps);
    Map<Long, String> stood = new HashMap<>();
    for (long atUs : expected.keySet()) {
      stood.put(atUs, standing(verdicts, EngineTape.START_US + atUs));
    }
    assertThat(stood).as(one.file + ": " + one.name).isEqualTo(expected);
  }

  /** How often a value is measured: once per bucket, or per window of parity. */
  private static long stepUs(CriterionSpec spec) {
    boolean parity = spec.metric().family() == Family.PARITY;
    return parity ? ParitySettings.defaults().windowMs() * 1_000 : EngineTape.WIDTH_US;
  }

  /**
   * The metric itself is the series, one value each step on as many samples as the criterion asks
   * for; {@code _} is no value.
   */
  private static List<Verdict> measuredElsewhere(CriterionSpec spec, JsonNode series, long steps) {
    assertThat(series.path(spec.metric().id()).isTextual()).as(spec.metric().id()).isTrue();
    List<Double> values = values(series.path(spec.metric().id()).asText());
    InstantJudge judge = new InstantJudge(List.of(spec), spec.metric().family(), 60_000);
    HeapMemory memory = new HeapMemory();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      double value = i < values.size() ? values.get(i) : Double.NaN;
      long atUs = EngineTape.START_US + (i + 1) * stepUs(spec);
      Subject subject = new Subject("mm-1", "", Source.SIMULATED, atUs, 0, () -> null);
      verdicts.addAll(
          judge.judge(subject, metric -> Measurement.of(value, spec.minSamples()), memory));
    }
    return verdicts;
  }

  private static String standing(List<Verdict> verdicts, long atUs) {
    String standing = "NO_DATA CLEAR";
    for (Verdict verdict : verdicts) {
      if (verdict.eventTimeUs() <= atUs) {
        standing =
            verdict.outcome()
                + " "
                + verdict.phase()
                + (verdict.action() == null ? "" : " " + verdict.action());
      }
    }
    return standing;
  }

  private static EngineTape tape(JsonNode series) {
    EngineTape tape = new EngineTape();
    series
        .properties()
        .forEach(
            entry -> {
              List<Double> values = values(entry.getValue().asText());
              switch (entry.getKey()) {
                case "silent" ->
                    runs(values, (from, until, flag) -> silence(tape, from, until, flag));
                case "breaker_open" -> breaker(tape, values);
                case "rss_mb" -> follow(tape, "rss_bytes", values, mb -> (long) (mb * 1e6));
                case "total_ms" ->
                    follow(tape, "total_us_histogram", values, ms -> EngineTape.histogram(ms, 20));
                case "fetch_md_ms" ->
                    follow(
                        tape, "fetch_md_us_histogram", values, ms -> EngineTape.histogram(ms, 20));
                case "taker_percent" -> taker(tape, values);
                case "ticks" ->
                    runs(values, (from, until, count) -> ticks(tape, from, until, count));
                case "deadline_misses", "cache_hits", "cache_lookups", "fills" ->
                    follow(tape, entry.getKey(), values, Double::longValue);
                default -> fail("no series " + entry.getKey());
              }
            });
    return tape;
  }

  private interface Run {
    void of(int from, int until, double value);
  }

  /** Equal neighbours together. */
  private static void runs(List<Double> values, Run run) {
    for (int from = 0, until; from < values.size(); from = until) {
      until = from;
      while (until < values.size() && values.get(until).equals(values.get(from))) {
        until++;
      }
      run.of(from, until, values.get(from));
    }
  }

  private static void follow(
      EngineTape tape, String field, List<Double> values, Function<Double, ?> reading) {
    runs(values, (from, until, value) -> tape.with(field, from, until, reading.apply(value)));
  }

  private static void taker(EngineTape tape, List<Double> percents) {
    tape.with("notional_e6", 0, percents.size(), 1_000_000_000L);
    follow(tape, "taker_notional_e6", percents, percent -> (long) (percent * 10_000_000L));
  }

  private static void silence(EngineTape tape, int from, int until, double flag) {
    if (flag > 0) {
      tape.silent(from, until);
    }
  }

  private static void ticks(EngineTape tape, int from, int until, double count) {
    if (count == 0) {
      tape.withoutTicks(from, until);
    }
  }

  private static void breaker(EngineTape tape, List<Double> flags) {
    int since = flags.indexOf(1.0);
    tape.with("breaker_since_us", since, Long.MAX_VALUE, EngineTape.startUs(since));
    follow(tape, "breaker", flags, open -> open > 0 ? "OPEN" : "CLOSED");
  }

  /** Reads {@code 0x12 20 500+0.25x60 _x3}. */
  private static List<Double> values(String text) {
    List<Double> values = new ArrayList<>();
    for (String run : text.split(" ", -1)) {
      String[] times = run.split("x", -1);
      String[] ramp = times[0].split("\\+", -1);
      double value = ramp[0].equals("_") ? Double.NaN : Double.parseDouble(ramp[0]);
      double step = ramp.length > 1 ? Double.parseDouble(ramp[1]) : 0;
      int count = times.length > 1 ? Integer.parseInt(times[1]) : 1;
      for (int i = 0; i < count; i++) {
        values.add(value + step * i);
      }
    }
    return values;
  }

  private static List<Case> cases() throws IOException {
    ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(SharedData.repository("config/criteria"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".test.yaml")).sorted().toList()) {
        for (JsonNode one : mapper.readTree(Files.readString(file))) {
          cases.add(
              new Case(
                  file.getFileName().toString(),
                  one.path("name").asText(),
                  one.path("criterion").asText(),
                  one.path("series"),
                  one.path("expect")));
        }
      }
    }
    return cases;
  }
}
