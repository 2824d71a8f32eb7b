// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.release.StageYaml;
import dev.sluice.rules.spec.CriteriaYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/reference/} is generated from code and shipped configuration; a stale page fails the
 * build. Mend it with {@code mvn -pl jobs/cli -am test -Dtest=ReferencePagesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.regenerate=true}.
 */
class ReferencePagesTest {
  static final Path ROOT = root();

  @ParameterizedTest
  @EnumSource(ReferencePage.class)
  void aPageSaysWhatTheCodeSays(ReferencePage page) throws IOException {
    String content = page.render(ROOT);
    Path file = ROOT.resolve("docs/reference").resolve(page.fileName());
    if (Boolean.getBoolean("sluice.regenerate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    }
    assertThat(file).as("stale; see the javadoc of this test").exists().hasContent(content);
  }

  @Test
  void everyKeyOfACriterionIsExplained() {
    assertThat(CriterionKeys.ROWS)
        .extracting(CriterionKeys.Row::key)
        .containsExactlyElementsOf(CriteriaYaml.keyNames());
  }

  @Test
  void everyKeyOfAGateIsExplained() {
    assertThat(GatePages.STAGE_ROWS)
        .extracting(CriterionKeys.Row::key)
        .containsExactlyElementsOf(StageYaml.STAGE_KEYS);
    assertThat(GatePages.GATE_ROWS)
        .extracting(CriterionKeys.Row::key)
        .containsExactlyElementsOf(StageYaml.GATE_KEYS);
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, p -> p != null, Path::getParent)
        .filter(p -> Files.exists(p.resolve("config/sluice.yaml")))
        .findFirst()
        .orElseThrow();
  }
}
