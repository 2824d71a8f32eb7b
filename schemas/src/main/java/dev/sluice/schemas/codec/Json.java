// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.schemas.Nullable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The wire format: JSON, snake_case, decimals as strings. Unknown fields are ignored, missing
 * required ones refused. Thread-safe. For the hot path of ticks use the streaming readers beside
 * this class.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .withConfigOverride(
              BigDecimal.class,
              o -> o.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
          .build();

  private static final ObjectMapper LENIENT =
      MAPPER.copy().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private static final Map<Class<?>, List<RecordComponent>> REQUIRED = new ConcurrentHashMap<>();

  private Json() {}

  /** The shared mapper, for trees and tools; never reconfigure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Bytes of one record, UTF-8. */
  public static byte[] write(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write " + message.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads one record.
   *
   * @throws MalformedException when the bytes are no JSON of this record or a required field is
   *     missing; the message names the field
   */
  public static <T extends Record> T read(byte[] bytes, Class<T> type) throws MalformedException {
    if (bytes == null) {
      throw new MalformedException(type.getSimpleName() + ": no value", null);
    }
    T message;
    try {
      message = MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      String missing = missingPrimitive(bytes, type);
      String reason = missing == null ? firstLine(e.getMessage()) : "missing field " + missing;
      throw new MalformedException(type.getSimpleName() + ": " + reason, e);
    }
    if (message == null) {
      throw new MalformedException(type.getSimpleName() + ": null", null);
    }
    for (RecordComponent component : required(type)) {
      if (valueOf(component, message) == null) {
        throw new MalformedException(
            type.getSimpleName() + ": missing field " + snakeCase(component.getName()), null);
      }
    }
    return message;
  }

  /**
   * A record of these fields by their wire names; what is not among them is null, zero or false.
   * For records that are made up and never came over the wire.
   */
  public static <T extends Record> T ofFields(Map<String, ?> fields, Class<T> type) {
    return LENIENT.convertValue(fields, type);
  }

  /** The wire name of a record component: lowerCamelCase to snake_case, as the mapper does it. */
  public static String snakeCase(String camelCase) {
    return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(camelCase);
  }

  private static List<RecordComponent> required(Class<?> type) {
    return REQUIRED.computeIfAbsent(
        type,
        t -> {
          List<RecordComponent> components = new ArrayList<>();
          for (RecordComponent component : t.getRecordComponents()) {
            if (!component.getType().isPrimitive()
                && !component.isAnnotationPresent(Nullable.class)) {
              components.add(component);
            }
          }
          return List.copyOf(components);
        });
  }

  /** The mapper does not name a primitive that is absent; this looks for it, on the error path. */
  private static String missingPrimitive(byte[] bytes, Class<?> type) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(bytes);
    } catch (IOException e) {
      return null;
    }
    if (tree == null || !tree.isObject()) {
      return null;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String name = snakeCase(component.getName());
      if (component.getType().isPrimitive() && !tree.hasNonNull(name)) {
        return name;
      }
    }
    return null;
  }

  private static Object valueOf(RecordComponent component, Object message) {
    try {
      return component.getAccessor().invoke(message);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
