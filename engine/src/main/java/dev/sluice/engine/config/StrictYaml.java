// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Binds YAML to records and forgives nothing: an unknown or doubled key, a wrong type or a missing
 * value stops with the file, the key's path and a suggestion. Keys are the component names in
 * snake_case; a {@code long …Ms} component is written as a duration without the suffix ({@code ttl:
 * 5s} for {@code ttlMs}), a {@code long …Us} one as an ISO instant ({@code start:
 * 2026-01-05T00:00:00Z} for {@code startUs}). Stateless, thread-safe.
 */
public final class StrictYaml {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private StrictYaml() {}

  /**
   * The tree of a document; an empty document is an empty object.
   *
   * @throws ConfigException when the text is no YAML object
   */
  public static ObjectNode parse(String text, String file) {
    try {
      JsonNode node = YAML.readTree(text);
      if (node == null || node.isMissingNode() || node.isNull()) {
        return YAML.createObjectNode();
      }
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new ConfigException(file + ": expected keys and values at the top");
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file + ": " + e.getMessage().lines().findFirst().orElse("no YAML"), e);
    }
  }

  /**
   * Sets {@code a.b.c=value} in the tree, the value read as YAML; objects are created on the way.
   */
  public static void set(ObjectNode root, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException("--set " + assignment + ": write it as key=value");
    }
    String[] path = assignment.substring(0, equals).trim().split("\\.");
    ObjectNode node = root;
    for (int i = 0; i < path.length - 1; i++) {
      node = node.get(path[i]) instanceof ObjectNode child ? child : node.putObject(path[i]);
    }
    try {
      node.set(path[path.length - 1], YAML.readTree(assignment.substring(equals + 1)));
    } catch (JsonProcessingException e) {
      throw new ConfigException("--set " + assignment + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a record.
   *
   * @param defaults the values of absent keys, or null when every key without a wrapper type must
   *     be there
   * @throws ConfigException naming file and key
   */
  public static <T extends Record> T bind(JsonNode node, Class<T> type, T defaults, String file) {
    return type.cast(bindRecord(node, type, defaults, file, ""));
  }

  private static Object bindRecord(
      JsonNode node, Class<?> type, Object defaults, String file, String path) {
    if (!node.isObject()) {
      throw new ConfigException(file + ": " + path + " must hold keys and values");
    }
    Map<String, RecordComponent> components = components(type);
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!components.containsKey(key)) {
        throw new ConfigException(
            file
                + ": unknown key '"
                + join(path, key)
                + "'"
                + Suggestion.of(key, components.keySet()));
      }
    }
    Object[] values = new Object[components.size()];
    int i = 0;
    for (Map.Entry<String, RecordComponent> entry : components.entrySet()) {
      String childPath = join(path, entry.getKey());
      JsonNode child = node.get(entry.getKey());
      Object fallback = defaults == null ? null : read(entry.getValue(), defaults);
      values[i++] =
          child == null || child.isNull()
              ? absent(entry.getValue(), fallback, file, childPath)
              : bindValue(
                  child,
                  entry.getValue().getGenericType(),
                  entry.getValue().getName(),
                  fallback,
                  file,
                  childPath);
    }
    return construct(type, values, file, path);
  }

  private static Object absent(
      RecordComponent component, Object fallback, String file, String path) {
    if (fallback != null) {
      return fallback;
    }
    if (component.getType() == List.class) {
      return List.of();
    }
    if (component.getType() == Map.class) {
      return Map.of();
    }
    if (component.isAnnotationPresent(dev.sluice.schemas.Nullable.class)) {
      return null;
    }
    throw new ConfigException(file + ": missing key '" + path + "'");
  }

  private static Object bindValue(
      JsonNode node, Type type, String name, Object fallback, String file, String path) {
    try {
      if (type == long.class || type == Long.class) {
        return bindLong(node, name);
      }
      if (type == int.class || type == Integer.class) {
        return (int) number(node, true).longValueExact();
      }
      if (type == double.class || type == Double.class) {
        return number(node, false).doubleValue();
      }
      if (type == BigDecimal.class) {
        return new BigDecimal(node.asText());
      }
      if (type == boolean.class || type == Boolean.class) {
        if (!node.isBoolean()) {
          throw new IllegalArgumentException("'" + node.asText() + "' is not true or false");
        }
        return node.booleanValue();
      }
      if (type == String.class) {
        if (!node.isValueNode()) {
          throw new IllegalArgumentException("expected one value");
        }
        return node.asText();
      }
    } catch (ArithmeticException | IllegalArgumentException | DateTimeParseException e) {
      throw new ConfigException(file + ": " + path + ": " + e.getMessage(), e);
    }
    if (type instanceof ParameterizedType generic) {
      return bindCollection(node, generic, name, file, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return bindEnum(node, raw, file, path);
    }
    return bindRecord(node, raw, fallback, file, path);
  }

  private static Object bindCollection(
      JsonNode node, ParameterizedType type, String name, String file, String path) {
    if (type.getRawType() == List.class) {
      if (!node.isArray()) {
        throw new ConfigException(file + ": " + path + " must be a list");
      }
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        values.add(
            bindValue(
                node.get(i),
                type.getActualTypeArguments()[0],
                name,
                null,
                file,
                path + "[" + i + "]"));
      }
      return List.copyOf(values);
    }
    if (!node.isObject()) {
      throw new ConfigException(file + ": " + path + " must hold keys and values");
    }
    Map<String, String> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(values);
  }

  private static Object bindEnum(JsonNode node, Class<?> type, String file, String path) {
    String text = node.asText();
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      if (name.equalsIgnoreCase(text)) {
        return constant;
      }
      names.add(Character.isUpperCase(text.isEmpty() ? 'a' : text.charAt(0)) ? name : lower(name));
    }
    throw new ConfigException(
        file + ": " + path + ": unknown value '" + text + "'" + Suggestion.of(text, names));
  }

  private static Long bindLong(JsonNode node, String name) {
    if (name.endsWith("Ms")) {
      return Durations.parseMs(node.asText());
    }
    if (name.endsWith("Us")) {
      Instant instant = Instant.parse(node.asText());
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L);
    }
    return number(node, true).longValueExact();
  }

  private static BigDecimal number(JsonNode node, boolean whole) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("'" + node.asText() + "' is no number");
    }
    BigDecimal value = node.decimalValue();
    if (whole && value.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException("'" + node.asText() + "' is no whole number");
    }
    return value;
  }

  private static Map<String, RecordComponent> components(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalStateException(type + " is no record");
    }
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(key(component), component);
    }
    return components;
  }

  /** The YAML key of a component: snake_case, without the unit of durations and instants. */
  static String key(RecordComponent component) {
    String name = component.getName();
    boolean unit = component.getType() == long.class || component.getType() == Long.class;
    if (unit && (name.endsWith("Ms") || name.endsWith("Us"))) {
      name = name.substring(0, name.length() - 2);
    }
    return Json.snakeCase(name);
  }

  private static Object read(RecordComponent component, Object source) {
    try {
      return component.getAccessor().invoke(source);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static Object construct(Class<?> type, Object[] values, String file, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      String where = path.isEmpty() ? "" : path + ": ";
      throw new ConfigException(file + ": " + where + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type, e);
    }
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
