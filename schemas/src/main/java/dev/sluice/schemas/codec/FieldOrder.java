// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers which field followed which, and asks the parser for that one first: a producer writes
 * its fields in one order, and comparing the bytes with a known name is a third cheaper than
 * looking a name up. Where the order is another, the parser reads the name as ever. Bounded: names
 * beyond the limit are not remembered. Not thread-safe.
 */
final class FieldOrder {
  private static final int LIMIT = 128;

  private static final class Field {
    final String name;
    final SerializedString text;
    Field next;

    Field(String name) {
      this.name = name;
      this.text = new SerializedString(name);
    }
  }

  private final Map<String, Field> fields = new HashMap<>();
  private final Field start = new Field("");
  private final Field unknown = new Field("");
  private Field last = start;

  /** A new record begins. */
  void begin() {
    last = start;
  }

  /** The same as {@link JsonParser#nextFieldName()}: null where no field is next. */
  String next(JsonParser parser) throws IOException {
    Field expected = last.next;
    if (expected == null) {
      return remembered(parser.nextFieldName());
    }
    if (parser.nextFieldName(expected.text)) {
      last = expected;
      return expected.name;
    }
    return parser.currentToken() == JsonToken.FIELD_NAME ? remembered(parser.currentName()) : null;
  }

  private String remembered(String name) {
    if (name == null) {
      return null;
    }
    Field field = fields.get(name);
    if (field == null && fields.size() < LIMIT) {
      field = new Field(name);
      fields.put(name, field);
    }
    if (field == null) {
      last = unknown;
      return name;
    }
    if (last != unknown) {
      last.next = field;
    }
    last = field;
    return name;
  }
}
