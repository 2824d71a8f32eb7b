// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The descriptions of columns are the javadoc of the records; this test fails when they differ. */
class DescriptionsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/sluice/schemas");
  private static final Pattern RECORD =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n)*public record (\\w+)", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("@param (\\w+)\\s+((?:(?!\\n@).)*)", Pattern.DOTALL);

  @Test
  void theCommittedDescriptionsAreTheJavadocs() throws IOException {
    StringBuilder content =
        new StringBuilder("# Generated from the javadoc of the records by DescriptionsTest.\n");
    descriptions().forEach((key, text) -> content.append(key).append('=').append(text).append('\n'));

    GeneratedFile.check(
        "src/main/resources/dev/sluice/schemas/descriptions.properties", content.toString());
  }

  @Test
  void aDescriptionIsTheRecordsOwnOrElseTheGlossarys() throws Exception {
    assertThat(describe(Tick.class, "cacheAgeMs")).startsWith("age of the market data used");
    assertThat(describe(Fill.class, "seq")).isEqualTo(describe(Tick.class, "seq")).isNotEmpty();
  }

  private static String describe(Class<?> type, String name) {
    return Stream.of(type.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .map(Descriptions::of)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> descriptions() throws IOException {
    Map<String, String> descriptions = new TreeMap<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher record = RECORD.matcher(Files.readString(file));
        while (record.find()) {
          Matcher parameter = PARAMETER.matcher(record.group(1).replaceAll("\\n\\s*\\* ?", "\n"));
          while (parameter.find()) {
            descriptions.put(
                record.group(2) + "." + parameter.group(1), plain(parameter.group(2)));
          }
        }
      }
    }
    return descriptions;
  }

  /** Javadoc without its marks, on one line. */
  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@(?:code|link|linkplain) #?([^}]*)}", "$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip()
        .replace("\\", "\\\\");
  }
}
