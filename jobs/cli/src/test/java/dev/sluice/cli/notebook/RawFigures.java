// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import dev.sluice.cli.dataset.Datasets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the notebooks must find, counted row by row in Java from the raw events. */
final class RawFigures {
  private static final double FIVE_SECONDS_US = 5e6;

  private final Datasets datasets;

  RawFigures(Path directory) {
    datasets = new Datasets(directory);
  }

  /** Misses and ticks of the minute before the first verdict that tripped. */
  String missesOfTheFirstTrip() {
    long trippedUs =
        datasets.number(
            "SELECT epoch_us(min(event_time_us)) FROM verdicts"
                + " WHERE criterion_id = 'deadline-miss' AND phase = 'TRIPPED'");
    long ticks = 0;
    long misses = 0;
    for (List<Object> tick :
        rows("SELECT epoch_us(event_time_us), total_ms, deadline_ms FROM ticks")) {
      double atUs = number(tick, 0);
      if (atUs >= trippedUs - 60e6 && atUs < trippedUs) {
        ticks++;
        misses += number(tick, 1) > number(tick, 2) ? 1 : 0;
      }
    }
    return misses + " of " + ticks + " ticks";
  }

  /** Fills, what they captured, and what was left after five seconds. */
  String executionQuality() {
    Map<String, TreeMap<Double, Double>> mids = new HashMap<>();
    for (List<Object> tick : rows("SELECT epoch_us(event_time_us), bid, ask, symbol FROM ticks")) {
      mids.computeIfAbsent((String) tick.get(3), symbol -> new TreeMap<>())
          .put(number(tick, 0), (number(tick, 1) + number(tick, 2)) / 2);
    }
    double weight = 0;
    double capture = 0;
    double fee = 0;
    double marked = 0;
    double markout = 0;
    List<List<Object>> fills =
        rows(
            "SELECT epoch_us(event_time_us), price, qty, mid_at_fill, fee, symbol, side FROM fills");
    for (List<Object> fill : fills) {
      double sign = fill.get(6).equals("BUY") ? 1 : -1;
      double mid = number(fill, 3);
      double w = number(fill, 1) * number(fill, 2);
      weight += w;
      capture += w * sign * (mid - number(fill, 1)) / mid * 1e4;
      fee += number(fill, 4) * 1e4;
      Map.Entry<Double, Double> later =
          mids.get((String) fill.get(5)).ceilingEntry(number(fill, 0) + FIVE_SECONDS_US);
      if (later != null) {
        marked += w;
        markout += w * sign * (later.getValue() - mid) / mid * 1e4;
      }
    }
    double captured = capture / weight;
    double kept = markout / marked;
    double paid = fee / weight;
    return String.format(
        Locale.ROOT, "and paid %.4f bps in fees: net %.4f bps", paid, captured + kept - paid);
  }

  /** Passes and their percentiles by nearest rank. */
  String latency() {
    double[] totals =
        rows("SELECT total_ms FROM ticks").stream().mapToDouble(tick -> number(tick, 0)).toArray();
    Arrays.sort(totals);
    return String.format(
        Locale.ROOT,
        "%d passes took %.3f ms in the median, %.3f ms at the 95th and %.3f ms at the 99th",
        totals.length,
        at(totals, 0.5),
        at(totals, 0.95),
        at(totals, 0.99));
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
  }

  private List<List<Object>> rows(String sql) {
    return datasets.query(sql).values();
  }

  private static double number(List<Object> row, int column) {
    return ((Number) row.get(column)).doubleValue();
  }
}
