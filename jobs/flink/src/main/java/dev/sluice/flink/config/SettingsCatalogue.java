// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Durations;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What may be set: the keys of a tree of records, with type, default and a line about each. */
public final class SettingsCatalogue {
  /** Prefix of the environment variables that set a value. */
  public static final String ENVIRONMENT_PREFIX = "SLUICE_SET_";

  /** Components of sections that the assembly fills from elsewhere, so they are no settings. */
  private static final Set<String> ASSEMBLED =
      Set.of("roster", "judge_id", "reports_dead_letters_of");

  /**
   * One setting.
   *
   * @param key dotted, snake_case
   * @param type for people: duration, text, list, map, …
   * @param defaultValue as in YAML
   */
  public record Entry(String key, String type, String defaultValue, String doc) {
    /** The environment variable that overrides this setting. */
    public String environmentName() {
      return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
  }

  private SettingsCatalogue() {}

  /** Every setting of the tree that starts at {@code root}, in the order of declaration. */
  public static List<Entry> of(Class<? extends Record> root) {
    List<Entry> entries = new ArrayList<>();
    collect(root, "", null, entries);
    return List.copyOf(entries);
  }

  private static void collect(Class<?> type, String prefix, Object defaults, List<Entry> into) {
    Object base = defaults == null ? ownDefaults(type) : defaults;
    for (RecordComponent component : settings(type, prefix.isEmpty())) {
      String key = prefix + key(component);
      if (component.getType().isRecord()) {
        collect(component.getType(), key + ".", base == null ? null : value(component, base), into);
      } else {
        Setting setting = component.getAnnotation(Setting.class);
        String shown = setting != null ? setting.value() : shown(component, value(component, base));
        into.add(new Entry(key, typeName(component), shown, setting == null ? "" : setting.doc()));
      }
    }
  }

  /** The components of a section that are settings; {@code root} keeps what sections leave out. */
  static List<RecordComponent> settings(Class<?> type, boolean root) {
    List<RecordComponent> settings = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (isSetting(component, root)) {
        settings.add(component);
      }
    }
    return settings;
  }

  static boolean isSetting(RecordComponent component, boolean root) {
    return root || !ASSEMBLED.contains(key(component));
  }

  /** The YAML key of a component: snake_case, without the unit where a duration states its own. */
  static String key(RecordComponent component) {
    String name = Json.snakeCase(component.getName());
    return duration(component) ? name.substring(0, name.length() - 3) : name;
  }

  static boolean duration(RecordComponent component) {
    Class<?> type = component.getType();
    return component.getName().endsWith("Ms")
        && (type == long.class || type == double.class || type == int.class);
  }

  /** What {@code defaults()} of a section gives whose components carry no default; else null. */
  static Object ownDefaults(Class<?> type) {
    if (Arrays.stream(type.getRecordComponents()).allMatch(SettingsCatalogue::annotated)) {
      return null;
    }
    try {
      return type.getMethod("defaults").invoke(null);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("defaults() of " + type + " fails", e);
    }
  }

  private static boolean annotated(RecordComponent component) {
    return component.getType().isRecord() || component.isAnnotationPresent(Setting.class);
  }

  static Object value(RecordComponent component, Object owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  static Constructor<?> constructor(Class<?> type) {
    try {
      Class<?>[] parameters = new Class<?>[type.getRecordComponents().length];
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = type.getRecordComponents()[i].getType();
      }
      return type.getConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("no public canonical constructor in " + type, e);
    }
  }

  private static String shown(RecordComponent component, Object value) {
    if (duration(component)) {
      return Durations.format(Math.round(((Number) value).doubleValue()));
    }
    return String.valueOf(value);
  }

  private static String typeName(RecordComponent component) {
    Class<?> type = component.getType();
    if (duration(component)) {
      return "duration";
    } else if (type.isEnum()) {
      return "one of " + List.of(type.getEnumConstants());
    } else if (type == String.class) {
      return "text";
    } else if (type == int.class || type == long.class) {
      return "whole number";
    } else if (type == double.class) {
      return "number";
    } else if (type == boolean.class) {
      return "true or false";
    }
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
