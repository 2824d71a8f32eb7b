// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a configuration: the file, then the environment ({@code SLUICE_SET_…}), then arguments
 * ({@code key=value}); the later wins. Every message names the key and where it was set; values of
 * keys that look like secrets are never repeated.
 */
final class ConfigLoader<T extends Record> {
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|jaas|token|credential|private|\\.key$).*");
  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private final Class<T> type;
  private final List<SettingsCatalogue.Entry> entries;
  private final Map<String, String> origins = new HashMap<>();
  private ObjectNode tree = JsonNodeFactory.instance.objectNode();
  private String fileOrigin = "defaults";

  ConfigLoader(Class<T> type) {
    this.type = type;
    this.entries = SettingsCatalogue.of(type);
  }

  /** True for a key whose value is nobody's business. */
  static boolean secret(String key) {
    return SECRET.matcher(key).matches();
  }

  /** The tree of a YAML text; an empty text is an empty section. */
  static JsonNode parseYaml(String text, String origin) {
    try {
      JsonNode node = YAML.readTree(text);
      return node == null || node.isMissingNode() ? JsonNodeFactory.instance.objectNode() : node;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
      throw new ConfigException(
          origin + where + ": " + e.getOriginalMessage().lines().findFirst().orElse("no YAML"), e);
    }
  }

  ConfigLoader<T> file(Path file) {
    fileOrigin = file.toString();
    JsonNode read = parseYaml(text(file), fileOrigin);
    if (!read.isObject()) {
      throw new ConfigException(fileOrigin + ": must be sections of key: value");
    }
    tree = (ObjectNode) read;
    return this;
  }

  ConfigLoader<T> environment(Map<String, String> environment) {
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      if (variable.getKey().startsWith(SettingsCatalogue.ENVIRONMENT_PREFIX)) {
        String origin = "environment variable " + variable.getKey();
        put(keyOf(variable.getKey(), origin), variable.getValue(), origin);
      }
    }
    return this;
  }

  ConfigLoader<T> overrides(List<String> keyValues) {
    for (String keyValue : keyValues) {
      int equals = keyValue.indexOf('=');
      if (equals <= 0) {
        throw new ConfigException("--set " + keyValue + ": write --set key=value");
      }
      put(
          keyValue.substring(0, equals).strip(),
          keyValue.substring(equals + 1),
          "--set " + keyValue.substring(0, equals));
    }
    return this;
  }

  T load() {
    List<String> keys = entries.stream().map(SettingsCatalogue.Entry::key).toList();
    return new SettingsBinder(keys, this::originOf).bind(tree, type);
  }

  private String originOf(String key) {
    return origins.getOrDefault(key, fileOrigin);
  }

  private String keyOf(String variable, String origin) {
    List<String> names = entries.stream().map(SettingsCatalogue.Entry::environmentName).toList();
    int index = names.indexOf(variable);
    if (index < 0) {
      throw new ConfigException(origin + ": no such setting" + DidYouMean.suffix(variable, names));
    }
    return entries.get(index).key();
  }

  private void put(String key, String value, String origin) {
    JsonNode parsed =
        value.isBlank() ? JsonNodeFactory.instance.textNode("") : parseYaml(value, origin);
    SettingsCatalogue.Entry map = mapHolding(key);
    // below a map everything, dots too, is one key of the map
    int lastDot = map == null ? key.lastIndexOf('.') : map.key().length();
    ObjectNode section = lastDot < 0 ? tree : section(key.substring(0, lastDot));
    section.set(key.substring(lastDot + 1), parsed);
    origins.put(key, origin);
    if (map != null) {
      origins.put(map.key(), origin);
    }
  }

  private ObjectNode section(String path) {
    ObjectNode section = tree;
    for (String name : path.split("\\.", -1)) {
      section = section.get(name) instanceof ObjectNode inner ? inner : section.putObject(name);
    }
    return section;
  }

  private SettingsCatalogue.Entry mapHolding(String key) {
    for (SettingsCatalogue.Entry entry : entries) {
      if (entry.type().equals("map") && key.startsWith(entry.key() + ".")) {
        return entry;
      }
    }
    return null;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": no such file", e);
    } catch (MalformedInputException e) {
      throw new ConfigException(file + ": not UTF-8 text", e);
    } catch (IOException e) {
      throw new ConfigException(
          file
              + ": cannot be read ("
              + String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)
              + ")",
          e);
    }
  }
}
