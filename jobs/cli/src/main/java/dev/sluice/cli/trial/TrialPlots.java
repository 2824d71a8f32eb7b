// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Delta;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the plots of a trial's page show: for the goal and each guardrail the difference over time
 * with its interval, and when the stage changed. Times are epoch milliseconds. Where a stage ends
 * the lines end too, for its statistics begin anew.
 */
final class TrialPlots {
  /** More points than a screen has columns are thinned out. */
  private static final int MAX_POINTS = 2_000;

  /** The vertical axis shows this share of all bounds: the first ones of a stage are wide. */
  private static final double SHOWN = 0.9;

  private static final double MARGIN = 0.1;

  private TrialPlots() {}

  /** The page's data. */
  static ObjectNode of(List<TrialStatus> words) {
    ObjectNode root = Json.mapper().createObjectNode();
    ArrayNode stages = root.putArray("stages");
    Map<String, Line> lines = new LinkedHashMap<>();
    int every = Math.max(1, (words.size() + MAX_POINTS - 1) / MAX_POINTS);
    TrialStatus before = null;
    for (int i = 0; i < words.size(); i++) {
      TrialStatus word = words.get(i);
      boolean changed = before == null || before.stageSinceUs() != word.stageSinceUs();
      if (changed) {
        stages.addObject().put("t", word.stageSinceUs() / 1000).put("label", word.stage());
        lines.values().forEach(line -> line.gap(word.stageSinceUs() / 1000));
      }
      if (changed || i % every == 0 || i == words.size() - 1) {
        add(lines, word);
      }
      before = word;
    }
    ArrayNode plots = root.putArray("plots");
    for (DeltaRole role : List.of(DeltaRole.GOAL, DeltaRole.GUARDRAIL)) {
      lines.values().stream()
          .filter(line -> line.role == role)
          .forEach(line -> line.write(plots.addObject()));
    }
    return root;
  }

  private static void add(Map<String, Line> lines, TrialStatus word) {
    for (Delta delta : word.deltas()) {
      if (delta.role() != DeltaRole.SIGNAL) {
        lines
            .computeIfAbsent(delta.metric(), name -> new Line(delta))
            .add(word.eventTimeUs() / 1000, delta);
      }
    }
  }

  /** One plot under construction. */
  private static final class Line {
    private final String metric;
    private final String unit;
    private final DeltaRole role;
    private final List<Long> times = new ArrayList<>();
    private final List<Double> estimates = new ArrayList<>();
    private final List<Double> lowers = new ArrayList<>();
    private final List<Double> uppers = new ArrayList<>();

    Line(Delta first) {
      metric = first.metric();
      unit = first.unit();
      role = first.role();
    }

    void add(long timeMs, Delta delta) {
      put(timeMs, delta.estimate(), delta.lower(), delta.upper());
    }

    void gap(long timeMs) {
      put(timeMs, null, null, null);
    }

    private void put(long timeMs, Double estimate, Double lower, Double upper) {
      times.add(timeMs);
      estimates.add(estimate);
      lowers.add(lower);
      uppers.add(upper);
    }

    void write(ObjectNode node) {
      node.put("metric", metric).put("unit", unit).put("role", role.toString());
      times.forEach(node.putArray("t")::add);
      estimates.forEach(node.putArray("estimate")::add);
      lowers.forEach(node.putArray("lower")::add);
      uppers.forEach(node.putArray("upper")::add);
      double low = Math.min(0, quantile(lowers, estimates, 1 - SHOWN));
      double high = Math.max(0, quantile(uppers, estimates, SHOWN));
      double pad = (high - low) * MARGIN;
      node.put("min", low - pad).put("max", high + pad);
    }

    /** Of the bounds or, while there are none, of the estimates; 0 without either. */
    private static double quantile(List<Double> bounds, List<Double> estimates, double share) {
      List<Double> known = sorted(bounds);
      if (known.isEmpty()) {
        known = sorted(estimates);
      }
      return known.isEmpty() ? 0 : known.get((int) Math.round(share * (known.size() - 1)));
    }

    private static List<Double> sorted(List<Double> values) {
      return values.stream().filter(v -> v != null && Double.isFinite(v)).sorted().toList();
    }
  }
}
