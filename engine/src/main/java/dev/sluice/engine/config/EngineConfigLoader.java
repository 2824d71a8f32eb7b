// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads {@link EngineConfig} from YAML; absent keys have their defaults. */
public final class EngineConfigLoader {
  private EngineConfigLoader() {}

  /**
   * Reads a file and applies {@code key=value} settings over it.
   *
   * @param file null for the defaults alone
   * @throws ConfigException when the file cannot be read or holds anything unknown
   */
  public static EngineConfig load(Path file, List<String> settings) {
    if (file == null) {
      return parse("", "defaults", settings);
    }
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), settings);
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** Reads a text; {@code name} stands for it in errors. */
  public static EngineConfig parse(String yaml, String name, List<String> settings) {
    ObjectNode root = StrictYaml.parse(yaml, name);
    for (String setting : settings) {
      StrictYaml.set(root, setting);
    }
    return StrictYaml.bind(root, EngineConfig.class, EngineConfig.defaults(), name);
  }
}
