// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.text.Durations;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns a tree of YAML into records, refusing every key and value that is not foreseen. */
final class SettingsBinder {
  private final List<String> knownKeys;
  private final Function<String, String> originOf;

  /**
   * A binder.
   *
   * @param originOf where the value of a key was set (a file, an argument, a variable)
   */
  SettingsBinder(List<String> knownKeys, Function<String, String> originOf) {
    this.knownKeys = knownKeys;
    this.originOf = originOf;
  }

  <T extends Record> T bind(JsonNode tree, Class<T> type) {
    return type.cast(section(tree, type, "", null));
  }

  private Object section(JsonNode tree, Class<?> type, String prefix, Object defaults) {
    if (tree != null && !tree.isObject()) {
      throw wrong(
          prefix.isEmpty() ? "the file" : prefix.substring(0, prefix.length() - 1),
          "must be a section of key: value");
    }
    List<RecordComponent> settings = SettingsCatalogue.settings(type, prefix.isEmpty());
    refuseUnknown(tree, settings, prefix);
    Object base = defaults == null ? SettingsCatalogue.ownDefaults(type) : defaults;
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      JsonNode node =
          tree != null && SettingsCatalogue.isSetting(components[i], prefix.isEmpty())
              ? tree.get(SettingsCatalogue.key(components[i]))
              : null;
      values[i] =
          component(node, components[i], prefix + SettingsCatalogue.key(components[i]), base);
    }
    return construct(type, values, prefix);
  }

  private Object component(JsonNode node, RecordComponent component, String key, Object base) {
    Object fallback = base == null ? null : SettingsCatalogue.value(component, base);
    if (component.getType().isRecord()) {
      return section(node, component.getType(), key + ".", fallback);
    } else if (node != null) {
      return value(node, component, key);
    } else if (fallback != null) {
      return fallback;
    }
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException("no default for " + key);
    }
    return value(ConfigLoader.parseYaml(setting.value(), "default of " + key), component, key);
  }

  private Object value(JsonNode node, RecordComponent component, String key) {
    Class<?> type = component.getType();
    if (SettingsCatalogue.duration(component)) {
      return duration(node, component, key);
    } else if (type == String.class) {
      return scalar(node, key, "text");
    } else if (type == int.class) {
      return check(node.canConvertToInt() && node.isIntegralNumber(), node, key, "a whole number")
          .intValue();
    } else if (type == long.class) {
      return check(node.canConvertToLong() && node.isIntegralNumber(), node, key, "a whole number")
          .longValue();
    } else if (type == double.class) {
      return check(node.isNumber(), node, key, "a number").doubleValue();
    } else if (type == boolean.class) {
      return check(node.isBoolean(), node, key, "true or false").booleanValue();
    } else if (type == List.class) {
      return list(node, key);
    } else if (type == Map.class) {
      return map(node, key);
    } else if (type.isEnum()) {
      return constant(node, type, key);
    }
    throw new IllegalStateException("settings of " + type + " are not foreseen: " + key);
  }

  private Object duration(JsonNode node, RecordComponent component, String key) {
    check(node.isTextual(), node, key, "a duration with its unit, for example 250ms or 9m50s");
    long durationMs;
    try {
      durationMs = Durations.parseMs(node.textValue());
    } catch (IllegalArgumentException e) {
      throw wrong(key, "must be a duration: " + e.getMessage());
    }
    if (component.getType() == double.class) {
      return (double) durationMs;
    }
    return component.getType() == int.class
        ? (Object) Math.toIntExact(durationMs)
        : (Object) durationMs;
  }

  private List<String> list(JsonNode node, String key) {
    if (node.isTextual()) {
      return Arrays.stream(node.textValue().split(",", -1))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    }
    check(node.isArray(), node, key, "a list");
    List<String> values = new ArrayList<>();
    for (JsonNode item : node) {
      values.add(
          check(item.isValueNode() && !item.isNull(), item, key, "a list of texts").asText());
    }
    return List.copyOf(values);
  }

  private Map<String, String> map(JsonNode node, String key) {
    check(node.isObject(), node, key, "a section of key: value");
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      values.put(entry.getKey(), scalar(entry.getValue(), key + "." + entry.getKey(), "text"));
    }
    return Map.copyOf(values);
  }

  private String scalar(JsonNode node, String key, String what) {
    return check(node.isValueNode() && !node.isNull(), node, key, what).asText();
  }

  private Object constant(JsonNode node, Class<?> type, String key) {
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      names.add(constant.toString());
      if (constant.toString().equals(node.asText())) {
        return constant;
      }
    }
    throw wrong(
        key,
        "must be one of "
            + names
            + ", not '"
            + node.asText()
            + "'"
            + DidYouMean.suffix(node.asText(), names));
  }

  private void refuseUnknown(JsonNode tree, List<RecordComponent> settings, String prefix) {
    if (tree == null) {
      return;
    }
    List<String> known = settings.stream().map(SettingsCatalogue::key).toList();
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw unknown(prefix + name, known.stream().map(k -> prefix + k).toList());
      }
    }
  }

  private ConfigException unknown(String key, List<String> siblings) {
    List<String> candidates = new ArrayList<>(siblings);
    candidates.addAll(knownKeys);
    return new ConfigException(
        originOf.apply(key)
            + ": unknown setting '"
            + key
            + "'"
            + DidYouMean.suffix(key, candidates));
  }

  private JsonNode check(boolean right, JsonNode node, String key, String what) {
    if (!right) {
      String got = ConfigLoader.secret(key) ? "" : ", not " + node;
      throw wrong(key, "must be " + what + got);
    }
    return node;
  }

  private ConfigException wrong(String key, String problem) {
    return new ConfigException(originOf.apply(key) + ": " + key + " " + problem);
  }

  private Object construct(Class<?> type, Object[] values, String prefix) {
    try {
      return SettingsCatalogue.constructor(type).newInstance(values);
    } catch (InvocationTargetException e) {
      String section = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + ": ";
      throw new ConfigException(
          originOf.apply(prefix) + ": " + section + e.getCause().getMessage(), e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot create " + type, e);
    }
  }
}
