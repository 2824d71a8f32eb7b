// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * YAML with its line numbers. Exactly one of scalar, fields and items is not null, except that an
 * empty value has none of them.
 */
public record YamlNode(
    String file, int line, String scalar, Map<String, YamlNode> fields, List<YamlNode> items) {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads one document; null when it is empty. */
  public static YamlNode parse(String file, String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return parser.nextToken() == null ? null : read(file, parser);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new CriteriaException(file + ":" + line + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading a text in memory failed", e);
    }
  }

  private static YamlNode read(String file, JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, YamlNode> fields = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        fields.put(key, read(file, parser));
      }
      return new YamlNode(file, line, null, fields, null);
    }
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(file, parser));
      }
      return new YamlNode(file, line, null, null, items);
    }
    return new YamlNode(
        file, line, token == JsonToken.VALUE_NULL ? null : parser.getText(), null, null);
  }

  /** An error at this place. */
  public CriteriaException error(String message) {
    return new CriteriaException(file + ":" + line + ": " + message);
  }

  /** The text of a scalar. */
  public String text(String key) {
    if (scalar == null) {
      throw error("`" + key + "` needs a single value");
    }
    return scalar;
  }

  /** The fields of a map. */
  public Map<String, YamlNode> map(String key) {
    if (fields == null) {
      throw error("`" + key + "` needs a map of keys, as in {after: 120s, action: PAUSE}");
    }
    return fields;
  }

  /**
   * The scalar as a value; what the reader says is wrong with it becomes an error at this place.
   */
  public <T> T parsed(String key, Function<String, T> reader) {
    try {
      return reader.apply(text(key));
    } catch (CriteriaException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error("`" + key + "`: " + e.getMessage());
    }
  }
}
