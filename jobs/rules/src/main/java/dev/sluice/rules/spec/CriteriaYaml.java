// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The strict reader of criteria files. Anything unknown, missing or contradictory is a {@link
 * CriteriaException} that names file, line and key. Text in, specifications out; opening files is
 * for the caller. Thread-safe.
 */
public final class CriteriaYaml {
  /** Longest window: a day, 8,640 buckets. */
  public static final long MAX_OVER_MS = 24 * CriterionDraft.HOUR_MS;

  private static final Pattern AT_LEAST = Pattern.compile("(\\d{1,2}) of (\\d{1,2})");
  private static final Map<String, BiConsumer<CriterionDraft, YamlNode>> KEYS = keys();

  private static final WhatIf NOTHING = WhatIf.parse(List.of());

  private CriteriaYaml() {}

  /**
   * Reads several files.
   *
   * @param textByFile content by file name, in the order the criteria shall be judged
   * @throws CriteriaException when one is wrong, or two criteria have the same id
   */
  public static List<CriterionSpec> parseAll(Map<String, String> textByFile) {
    return parseAll(textByFile, NOTHING);
  }

  /**
   * As {@link #parseAll(Map)}, with other values for some keys.
   *
   * @throws CriteriaException also when a criterion to be changed is not there
   */
  public static List<CriterionSpec> parseAll(Map<String, String> textByFile, WhatIf changes) {
    Map<String, String> fileById = new LinkedHashMap<>();
    List<CriterionSpec> all = new ArrayList<>();
    textByFile.forEach(
        (file, text) -> {
          for (CriterionSpec spec : parse(file, text, changes)) {
            String other = fileById.put(spec.id(), file);
            if (other != null) {
              throw new CriteriaException(
                  file + ": criterion `" + spec.id() + "` is already in " + other);
            }
            all.add(spec);
          }
        });
    changes.check(fileById.keySet());
    return List.copyOf(all);
  }

  /**
   * Reads one file: a list of criteria. One with {@code warn_at} is followed by its warning.
   *
   * @throws CriteriaException when it is wrong
   */
  public static List<CriterionSpec> parse(String file, String text) {
    return parse(file, text, NOTHING);
  }

  private static List<CriterionSpec> parse(String file, String text, WhatIf changes) {
    YamlNode root = YamlNode.parse(file, text);
    if (root == null || root.items() == null) {
      throw new CriteriaException(file + ":1: a criteria file is a list: `- id: …`");
    }
    List<CriterionSpec> specs = new ArrayList<>();
    for (YamlNode item : root.items()) {
      CriterionSpec spec = criterion(changes.apply(item));
      add(specs, spec, item);
      if (spec.warnAt() > 0) {
        add(specs, spec.warning(), item);
      }
    }
    return List.copyOf(specs);
  }

  private static void add(List<CriterionSpec> specs, CriterionSpec spec, YamlNode item) {
    if (specs.stream().anyMatch(other -> other.id().equals(spec.id()))) {
      throw item.error("criterion `" + spec.id() + "` is there twice");
    }
    specs.add(spec);
  }

  /** Every key a criterion may have, in the order of the reference. */
  public static List<String> keyNames() {
    return List.copyOf(KEYS.keySet());
  }

  private static CriterionSpec criterion(YamlNode node) {
    CriterionDraft draft = new CriterionDraft();
    apply(node, "a criterion", KEYS, draft);
    require(node, draft.id, "id");
    require(node, draft.metric, "metric");
    require(node, draft.breach, "breach");
    require(node, draft.action, "action");
    if (draft.missingAfterMs == null || draft.missingAction == null) {
      throw node.error(
          "`"
              + draft.id
              + "`: on_missing is mandatory: {after: 120s, action: PAUSE}; silence is never good");
    }
    if (!draft.instant) {
      require(node, draft.overMs, "over");
    }
    CriterionSpec spec = draft.toSpec();
    check(node, spec, draft);
    return spec;
  }

  private static Map<String, BiConsumer<CriterionDraft, YamlNode>> keys() {
    Map<String, BiConsumer<CriterionDraft, YamlNode>> keys = new LinkedHashMap<>();
    keys.put("id", (d, n) -> d.id = n.text("id"));
    keys.put("description", (d, n) -> d.description = n.text("description"));
    keys.put("metric", (d, n) -> d.metric = metric(n));
    keys.put("instant", (d, n) -> d.instant = flag(n, "instant"));
    keys.put("over", (d, n) -> d.overMs = duration(n, "over"));
    keys.put("every", (d, n) -> d.everyMs = duration(n, "every"));
    keys.put("breach", (d, n) -> d.breach = n.parsed("breach", Limit::parse));
    keys.put("recover", (d, n) -> d.recover = n.parsed("recover", Limit::parse));
    keys.put("hold", (d, n) -> d.holdMs = duration(n, "hold"));
    keys.put("at_least", (d, n) -> atLeast(d, n));
    keys.put("recover_hold", (d, n) -> d.recoverHoldMs = duration(n, "recover_hold"));
    keys.put("gap", (d, n) -> apply(n, "gap", gapKeys(), d));
    keys.put("min_samples", (d, n) -> d.minSamples = count(n, "min_samples"));
    keys.put("on_missing", (d, n) -> apply(n, "on_missing", missingKeys(), d));
    keys.put("severity", (d, n) -> d.severity = word(n, "severity", Severity.values()));
    keys.put("action", (d, n) -> d.action = word(n, "action", Action.values()));
    keys.put(
        "action_in_trial", (d, n) -> d.actionInTrial = word(n, "action_in_trial", Action.values()));
    keys.put("escalate", (d, n) -> apply(n, "escalate", escalateKeys(), d));
    keys.put("latch", (d, n) -> d.latch = flag(n, "latch"));
    keys.put("flap", (d, n) -> apply(n, "flap", flapKeys(), d));
    keys.put("scope", (d, n) -> d.scope = word(n, "scope", Scope.values()));
    keys.put("mode", (d, n) -> d.mode = word(n, "mode", Enforcement.values()));
    keys.put("warmup", (d, n) -> d.warmupMs = duration(n, "warmup"));
    keys.put("warn_at", (d, n) -> d.warnAt = share(n));
    keys.put("engines", (d, n) -> d.engines = names(n));
    return keys;
  }

  private static Map<String, BiConsumer<CriterionDraft, YamlNode>> gapKeys() {
    return Map.of(
        "policy", (d, n) -> d.gapPolicy = word(n, "policy", GapPolicy.values()),
        "max", (d, n) -> d.gapMaxMs = duration(n, "max"));
  }

  private static Map<String, BiConsumer<CriterionDraft, YamlNode>> missingKeys() {
    return Map.of(
        "after", (d, n) -> d.missingAfterMs = duration(n, "after"),
        "action", (d, n) -> d.missingAction = word(n, "on_missing.action", Action.values()));
  }

  private static Map<String, BiConsumer<CriterionDraft, YamlNode>> escalateKeys() {
    return Map.of(
        "to", (d, n) -> d.escalateTo = word(n, "escalate.to", Action.values()),
        "after", (d, n) -> d.escalateAfterMs = duration(n, "after"));
  }

  private static Map<String, BiConsumer<CriterionDraft, YamlNode>> flapKeys() {
    return Map.of(
        "trips", (d, n) -> d.flapTrips = (int) count(n, "trips"),
        "within", (d, n) -> d.flapWithinMs = duration(n, "within"));
  }

  private static void apply(
      YamlNode node,
      String where,
      Map<String, BiConsumer<CriterionDraft, YamlNode>> known,
      CriterionDraft draft) {
    node.map(where)
        .forEach(
            (key, value) -> {
              BiConsumer<CriterionDraft, YamlNode> setter = known.get(key);
              if (setter == null) {
                throw value.error(
                    "unknown key `" + key + "` in " + where + Suggestion.of(key, known.keySet()));
              }
              setter.accept(draft, value);
            });
  }

  private static void atLeast(CriterionDraft draft, YamlNode node) {
    Matcher matcher = AT_LEAST.matcher(node.text("at_least"));
    if (!matcher.matches()) {
      throw node.error("`at_least` is written as in `5 of 10`");
    }
    draft.atLeast = Integer.parseInt(matcher.group(1));
    draft.outOf = Integer.parseInt(matcher.group(2));
  }

  private static Metric metric(YamlNode node) {
    String id = node.text("metric");
    Metric metric = Metric.byId(id);
    if (metric == null) {
      List<String> known = Arrays.stream(Metric.values()).map(Metric::id).toList();
      throw node.error("unknown metric `" + id + "`" + Suggestion.of(id, known));
    }
    return metric;
  }

  private static long duration(YamlNode node, String key) {
    return node.parsed(key, Durations::parseMs);
  }

  private static long count(YamlNode node, String key) {
    return node.parsed(
        key,
        text -> {
          if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("`" + text + "` is no whole number");
          }
          return Long.parseLong(text);
        });
  }

  private static double share(YamlNode node) {
    double share = node.parsed("warn_at", Double::parseDouble);
    if (share == 0) {
      throw node.error("`warn_at: 0` warns of nothing; leave it out");
    }
    return share;
  }

  private static List<String> names(YamlNode node) {
    if (node.items() == null || node.items().isEmpty()) {
      throw node.error(
          "`engines` is a list of engine ids, as in [mm-1, mm-2]; leave it out for all");
    }
    return node.items().stream().map(item -> item.text("engines")).toList();
  }

  private static boolean flag(YamlNode node, String key) {
    return node.parsed(
        key,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("`" + text + "` is neither true nor false");
          }
          return text.equals("true");
        });
  }

  /** Words are read in either case: {@code freeze}, {@code PAUSE}. */
  private static <E extends Enum<E>> E word(YamlNode node, String key, E[] values) {
    String text = node.text(key);
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    if (key.equals("on_missing.action")) {
      throw node.error(
          "`on_missing.action: "
              + text
              + "` is not legal: silence is never good; the least is ALERT");
    }
    boolean lower = !(values[0] instanceof Action);
    List<String> known =
        Arrays.stream(values)
            .map(v -> lower ? v.name().toLowerCase(Locale.ROOT) : v.name())
            .toList();
    throw node.error("`" + key + ": " + text + "` is unknown" + Suggestion.of(text, known));
  }

  private static void require(YamlNode node, Object value, String key) {
    if (value == null) {
      throw node.error("`" + key + "` is mandatory");
    }
  }

  private static void check(YamlNode node, CriterionSpec spec, CriterionDraft draft) {
    String problem = CriterionChecks.problem(spec, draft);
    if (problem != null) {
      throw node.error("`" + spec.id() + "`: " + problem);
    }
  }
}
