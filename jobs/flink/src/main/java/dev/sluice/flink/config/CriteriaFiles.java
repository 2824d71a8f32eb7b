// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.WhatIf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a directory of criteria; not what is below it, such as their {@code tests}. */
public final class CriteriaFiles {
  private CriteriaFiles() {}

  /**
   * The criteria of all files, in the order of the files' names.
   *
   * @throws ConfigException when a file cannot be read or is wrong, or there is none
   */
  public static List<CriterionSpec> read(Path directory) {
    return read(directory, WhatIf.parse(List.of()));
  }

  /** As {@link #read(Path)}, with other values for some keys. */
  public static List<CriterionSpec> read(Path directory, WhatIf changes) {
    Map<String, String> textByFile = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(CriteriaFiles::criteria).sorted().toList()) {
        textByFile.put(file.toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new ConfigException("criteria.dir: cannot read " + directory + " (" + e + ")", e);
    }
    if (textByFile.isEmpty()) {
      throw new ConfigException("criteria.dir: no *.yaml in " + directory);
    }
    try {
      return CriteriaYaml.parseAll(textByFile, changes);
    } catch (CriteriaException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  private static boolean criteria(Path file) {
    return file.getFileName().toString().endsWith(".yaml");
  }
}
