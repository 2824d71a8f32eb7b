// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.SharedData;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The criteria in {@code config/criteria}. */
public final class ShippedCriteria {
  private ShippedCriteria() {}

  public static List<CriterionSpec> all() {
    Map<String, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(SharedData.repository("config/criteria"))) {
      for (Path file : files.filter(ShippedCriteria::criteria).sorted().toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CriteriaYaml.parseAll(texts);
  }

  public static CriterionSpec of(String id) {
    return all().stream().filter(spec -> spec.id().equals(id)).findFirst().orElseThrow();
  }

  private static boolean criteria(Path file) {
    return file.getFileName().toString().endsWith(".yaml");
  }
}
