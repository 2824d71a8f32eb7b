// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * What the streaming readers share: one pass over the bytes with Jackson's parser, no tree, no
 * reflection, and no objects but the parser itself. A reader checks that the bytes are one JSON
 * object, that each required field is there and has its type; it does not judge values. A number
 * field may hold the texts NaN, Infinity and -Infinity (as Jackson writes them): they are read as
 * such and left to the plausibility check, as is 1e999. Not thread-safe.
 *
 * @param <V> the row it fills
 */
abstract class FlatReader<V extends EventView> {
  static final long ENGINE_ID = 1L;
  static final long RUN_ID = 1L << 1;
  static final long SEQ = 1L << 2;
  static final long EVENT_TIME = 1L << 3;
  static final long SOURCE = 1L << 4;
  static final long SYMBOL = 1L << 5;
  static final long SCHEMA = 1L << 6;
  static final long COMMON = (1L << 7) - 1;
  static final int FIRST_OWN = 7;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          .build();

  final Names names = new Names();
  final FieldOrder order = new FieldOrder();
  private final String type;
  private final String[] requiredNames;
  private final long required;

  /**
   * Bit i (from {@link #FIRST_OWN} on) of the mask belongs to the i-th of the own required names.
   */
  FlatReader(String type, String... ownRequiredNames) {
    this.type = type;
    this.requiredNames = new String[FIRST_OWN + ownRequiredNames.length];
    String[] common = {"engine_id", "run_id", "seq", "event_time_us", "source", "symbol", "schema"};
    System.arraycopy(common, 0, requiredNames, 0, FIRST_OWN);
    System.arraycopy(ownRequiredNames, 0, requiredNames, FIRST_OWN, ownRequiredNames.length);
    this.required = (1L << requiredNames.length) - 1;
  }

  /**
   * Overwrites the row with one record.
   *
   * @throws MalformedException when the bytes are no JSON of this record, or a required field is
   *     missing; the message names it. The row is then undefined.
   */
  public final void read(byte[] bytes, V view) throws MalformedException {
    clear(view);
    long seen = 0;
    try (JsonParser parser = FACTORY.createParser(bytes, 0, bytes.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException(type + ": no JSON object", null);
      }
      order.begin();
      for (String name = order.next(parser); name != null; name = order.next(parser)) {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
          continue;
        }
        seen |= field(parser, name, token, view);
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new MalformedException(type + ": something follows the object", null);
      }
    } catch (IOException e) {
      throw new MalformedException(type + ": " + firstLine(e.getMessage()), e);
    }
    if ((seen & required) != required) {
      int missing = Long.numberOfTrailingZeros(~seen & required);
      throw new MalformedException(type + ": missing field " + requiredNames[missing], null);
    }
  }

  abstract void clear(V view);

  /** Reads one field that is not null; returns the bits of the required fields it has filled. */
  abstract long field(JsonParser parser, String name, JsonToken token, V view)
      throws IOException, MalformedException;

  /** The fields every record has; skips what nobody knows. */
  final long commonField(JsonParser parser, String name, JsonToken token, EventView view)
      throws IOException, MalformedException {
    switch (name) {
      case "schema":
        requireText(token, name);
        return SCHEMA;
      case "engine_id":
        view.engineId = text(parser, token, name);
        return ENGINE_ID;
      case "run_id":
        view.runId = text(parser, token, name);
        return RUN_ID;
      case "seq":
        view.seq = integer(parser, token, name);
        return SEQ;
      case "event_time_us":
        view.eventTimeUs = integer(parser, token, name);
        return EVENT_TIME;
      case "source":
        view.source = constant(Source.class, parser, token, name);
        return SOURCE;
      case "symbol":
        view.symbol = text(parser, token, name);
        return SYMBOL;
      case "arm":
        view.arm = constant(Arm.class, parser, token, name);
        return 0;
      case "slot":
        integer(parser, token, name);
        return 0;
      case "warmup":
        view.warmup = truth(token, name);
        return 0;
      default:
        parser.skipChildren();
        return 0;
    }
  }

  final String text(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    requireText(token, name);
    return names.intern(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
  }

  /** A text that hardly comes twice, so that remembering it is of no use. */
  final String identity(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    requireText(token, name);
    return parser.getText();
  }

  final void requireText(JsonToken token, String name) throws MalformedException {
    if (token != JsonToken.VALUE_STRING) {
      throw wrong(name, "text");
    }
  }

  final long integer(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(name, "integer");
    }
    return parser.getLongValue();
  }

  final int smallInteger(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(name, "integer");
    }
    return parser.getIntValue();
  }

  final boolean truth(JsonToken token, String name) throws MalformedException {
    if (token == JsonToken.VALUE_TRUE) {
      return true;
    }
    if (token == JsonToken.VALUE_FALSE) {
      return false;
    }
    throw wrong(name, "true or false");
  }

  final double number(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      // nearly all are short: one exact division instead of a parser that can do any length
      double quick =
          Decimals.quick(
              parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      return quick >= 0 ? quick : parser.getDoubleValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      switch (parser.getText()) {
        case "NaN":
          return Double.NaN;
        case "Infinity":
          return Double.POSITIVE_INFINITY;
        case "-Infinity":
          return Double.NEGATIVE_INFINITY;
        default:
          break;
      }
    }
    throw wrong(name, "number");
  }

  /** A decimal string (or number) as it is on the wire, exact. */
  final BigDecimal decimal(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    try {
      if (token == JsonToken.VALUE_STRING) {
        return new BigDecimal(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      }
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        return parser.getDecimalValue();
      }
    } catch (NumberFormatException e) {
      throw wrong(name, "decimal");
    }
    throw wrong(name, "decimal");
  }

  /** A decimal string (or number) where a double is enough. */
  final double decimalAsDouble(JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    if (token != JsonToken.VALUE_STRING) {
      return number(parser, token, name);
    }
    char[] characters = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int length = parser.getTextLength();
    double quick = Decimals.quick(characters, offset, length);
    return quick >= 0 ? quick : decimal(parser, token, name).doubleValue();
  }

  final <E extends Enum<E>> E constant(
      Class<E> enumType, JsonParser parser, JsonToken token, String name)
      throws IOException, MalformedException {
    requireText(token, name);
    char[] characters = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int length = parser.getTextLength();
    for (E constant : constants(enumType)) {
      if (same(constant.name(), characters, offset, length)) {
        return constant;
      }
    }
    throw new MalformedException(
        type + ": field " + name + " is no " + enumType.getSimpleName(), null);
  }

  private static final ClassValue<Enum<?>[]> CONSTANTS =
      new ClassValue<>() {
        @Override
        protected Enum<?>[] computeValue(Class<?> enumType) {
          return (Enum<?>[]) enumType.getEnumConstants();
        }
      };

  @SuppressWarnings("unchecked")
  private static <E extends Enum<E>> E[] constants(Class<E> enumType) {
    return (E[]) CONSTANTS.get(enumType);
  }

  private static boolean same(String name, char[] characters, int offset, int length) {
    if (name.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != characters[offset + i]) {
        return false;
      }
    }
    return true;
  }

  final MalformedException wrong(String name, String expected) {
    return new MalformedException(type + ": field " + name + " is no " + expected, null);
  }

  private static String firstLine(String text) {
    if (text == null) {
      return "unreadable";
    }
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
