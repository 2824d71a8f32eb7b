// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The strict reader of trial plans. Anything unknown, missing or contradictory is a {@link
 * CriteriaException} that names file, line and key. Text in, plans out; opening files is for the
 * caller. Thread-safe.
 */
public final class TrialYaml {
  /** Slots and warm-ups are made of whole buckets. */
  private static final long BUCKET_MS = 10_000;

  private static final long HOUR_MS = 3_600_000;

  private static final List<String> PLAN_KEYS =
      List.of(
          "id", "description", "kind", "salt", "slot", "warmup", "stages", "arm_b", "acceptance");
  private static final List<String> ACCEPTANCE_KEYS =
      List.of(
          "dwell",
          "confidence",
          "min_blocks",
          "min_fills",
          "max_sample_ratio_p",
          "goal",
          "guardrails",
          "signals");
  private static final List<String> GOAL_KEYS = List.of("metric", "at_least");

  private TrialYaml() {}

  /**
   * Reads one plan.
   *
   * @throws CriteriaException when it is wrong
   */
  public static TrialPlan parse(String file, String text) {
    YamlNode root = YamlNode.parse(file, text);
    if (root == null || root.fields() == null) {
      throw new CriteriaException(file + ":1: a trial is a map of keys: `id: …`");
    }
    Map<String, YamlNode> keys = known(root, "a trial", PLAN_KEYS);
    TrialPlan.Kind kind = kind(need(root, keys, "kind"));
    long slotMs = buckets(need(root, keys, "slot"), "slot");
    return new TrialPlan(
        id(need(root, keys, "id")),
        need(root, keys, "description").text("description"),
        kind,
        need(root, keys, "salt").text("salt"),
        slotMs,
        warmup(need(root, keys, "warmup"), slotMs),
        stages(need(root, keys, "stages"), slotMs),
        armB(need(root, keys, "arm_b"), kind),
        acceptance(need(root, keys, "acceptance"), kind),
        Sha256.id(text));
  }

  private static Acceptance acceptance(YamlNode node, TrialPlan.Kind kind) {
    Map<String, YamlNode> keys = known(node, "acceptance", ACCEPTANCE_KEYS);
    YamlNode goal = kind == TrialPlan.Kind.AB ? need(node, keys, "goal") : keys.get("goal");
    Acceptance acceptance =
        new Acceptance(
            need(node, keys, "dwell").parsed("dwell", Durations::parseMs),
            between(need(node, keys, "confidence"), "confidence", 0.5, 0.9999),
            count(need(node, keys, "min_blocks"), "min_blocks"),
            count(need(node, keys, "min_fills"), "min_fills"),
            between(need(node, keys, "max_sample_ratio_p"), "max_sample_ratio_p", 0, 0.5),
            goal == null ? null : goal(goal),
            guardrails(need(node, keys, "guardrails")),
            signals(keys.get("signals")));
    once(node, acceptance);
    return acceptance;
  }

  private static Goal goal(YamlNode node) {
    Map<String, YamlNode> keys = known(node, "goal", GOAL_KEYS);
    YamlNode metric = need(node, keys, "metric");
    return new Goal(
        metric(metric, metric.text("metric")), margin(need(node, keys, "at_least"), "at_least"));
  }

  private static Map<Metric, Double> guardrails(YamlNode node) {
    Map<Metric, Double> margins = new LinkedHashMap<>();
    node.map("guardrails")
        .forEach((id, value) -> margins.put(metric(value, id), margin(value, id)));
    return Collections.unmodifiableMap(margins);
  }

  private static List<Metric> signals(YamlNode node) {
    if (node == null) {
      return List.of();
    }
    if (node.items() == null) {
      throw node.error("`signals` is a list of metrics, as in [capture_bps, markout_5s_bps]");
    }
    return node.items().stream().map(item -> metric(item, item.text("signals"))).toList();
  }

  private static void once(YamlNode node, Acceptance acceptance) {
    List<Metric> all = new ArrayList<>(acceptance.guardrails().keySet());
    if (acceptance.goal() != null) {
      all.add(acceptance.goal().metric());
    }
    all.addAll(acceptance.signals());
    for (int i = 0; i < all.size(); i++) {
      if (all.subList(0, i).contains(all.get(i))) {
        throw node.error("`" + all.get(i).id() + "` has two roles; a metric has one");
      }
    }
    if (all.isEmpty()) {
      throw node.error("nothing is compared: name a goal, guardrails or signals");
    }
  }

  private static Metric metric(YamlNode node, String id) {
    Metric metric = Metric.byId(id);
    if (metric == null || TrialMetric.of(metric) == null) {
      throw node.error(
          (metric == null ? "unknown metric `" + id + "`" : "a trial cannot compare `" + id + "`")
              + Suggestion.of(id, TrialMetric.ids()));
    }
    return metric;
  }

  private static String id(YamlNode node) {
    String id = node.text("id");
    if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw node.error("`id: " + id + "` is not of small letters, digits and dashes");
    }
    return id;
  }

  private static TrialPlan.Kind kind(YamlNode node) {
    String text = node.text("kind");
    for (TrialPlan.Kind kind : TrialPlan.Kind.values()) {
      if (kind.name().equals(text.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    List<String> names = Arrays.stream(TrialPlan.Kind.values()).map(Enum::name).toList();
    throw node.error("`kind: " + text + "` is unknown" + Suggestion.of(text, names));
  }

  private static long buckets(YamlNode node, String key) {
    long durationMs = node.parsed(key, Durations::parseMs);
    if (durationMs < BUCKET_MS || durationMs % BUCKET_MS != 0 || durationMs > HOUR_MS) {
      throw node.error("`" + key + "` is a multiple of 10s, at most an hour");
    }
    return durationMs;
  }

  private static long warmup(YamlNode node, long slotMs) {
    long warmupMs = buckets(node, "warmup");
    if (warmupMs >= slotMs) {
      throw node.error("`warmup` leaves nothing of the slot of " + Durations.format(slotMs));
    }
    return warmupMs;
  }

  private static List<Double> stages(YamlNode node, long slotMs) {
    if (node.items() == null || node.items().isEmpty()) {
      throw node.error("`stages` is a list of shares, as in [0.1, 0.5, 1.0]");
    }
    List<Double> shares = new ArrayList<>();
    for (YamlNode item : node.items()) {
      double share = item.parsed("stages", Double::parseDouble);
      if (!(share > (shares.isEmpty() ? 0 : shares.get(shares.size() - 1))) || share > 1) {
        throw item.error("`stages` ascend, above 0 and up to 1");
      }
      long blockMs = item.parsed("stages", t -> SlotAssignment.blockSlots(share) * slotMs);
      if (blockMs > HOUR_MS) {
        throw item.error(
            "a block of this share is " + Durations.format(blockMs) + "; at most an hour");
      }
      shares.add(share);
    }
    return List.copyOf(shares);
  }

  private static Map<String, String> armB(YamlNode node, TrialPlan.Kind kind) {
    Map<String, String> settings = new LinkedHashMap<>();
    node.map("arm_b").forEach((key, value) -> settings.put(key, value.text(key)));
    if (settings.isEmpty() != (kind == TrialPlan.Kind.AA)) {
      throw node.error(
          kind == TrialPlan.Kind.AA
              ? "`kind: AA` compares an arm with itself: leave `arm_b` empty, as in {}"
              : "`arm_b` changes nothing; for two arms alike write `kind: AA`");
    }
    return Collections.unmodifiableMap(settings);
  }

  private static double margin(YamlNode node, String key) {
    return between(node, key, 0, 1_000);
  }

  private static double between(YamlNode node, String key, double least, double most) {
    double value = node.parsed(key, Double::parseDouble);
    if (!(value >= least && value <= most)) {
      throw node.error("`" + key + ": " + value + "` is not within " + least + " and " + most);
    }
    return value;
  }

  private static long count(YamlNode node, String key) {
    String text = node.text(key);
    if (!text.matches("\\d{1,9}")) {
      throw node.error("`" + key + "`: `" + text + "` is no whole number");
    }
    return Long.parseLong(text);
  }

  private static Map<String, YamlNode> known(YamlNode node, String where, List<String> keys) {
    Map<String, YamlNode> fields = node.map(where);
    fields.forEach(
        (key, value) -> {
          if (!keys.contains(key)) {
            throw value.error("unknown key `" + key + "` in " + where + Suggestion.of(key, keys));
          }
        });
    return fields;
  }

  private static YamlNode need(YamlNode node, Map<String, YamlNode> fields, String key) {
    YamlNode value = fields.get(key);
    if (value == null) {
      throw node.error("`" + key + "` is mandatory");
    }
    return value;
  }
}
