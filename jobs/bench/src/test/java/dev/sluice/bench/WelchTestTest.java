// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Against the reference values of others; skipped, saying so, where they are absent. */
class WelchTestTest {

  @Test
  void agreesWithWhatOthersPublish() throws IOException {
    JsonNode expected = null;
    WelchTest test = null;
    for (JsonNode each : cases()) {
      if (each.get("id").asText().equals("ttest_two_sided_absolute")) {
        expected = each.get("expect");
        test = WelchTest.of(sample(each.get("a")), sample(each.get("b")));
      }
    }
    assertThat(expected).isNotNull();
    assertThat(test.difference()).isCloseTo(expected.get("effect").asDouble(), within(1e-5));
    assertThat(test.standardError()).isCloseTo(expected.get("stderr").asDouble(), within(1e-5));
    assertThat(test.p()).isCloseTo(expected.get("p_value").asDouble(), within(1e-5));
    assertThat(test.difference() - test.radius(0.05))
        .isCloseTo(expected.get("ci").get(0).asDouble(), within(1e-5));
    assertThat(test.difference() + test.radius(0.05))
        .isCloseTo(expected.get("ci").get(1).asDouble(), within(1e-5));
  }

  private static WelchTest.Sample sample(JsonNode arm) {
    return WelchTest.Sample.ofSums(
        arm.get("n").asLong(), arm.get("sum").asDouble(), arm.get("sum_squares").asDouble());
  }

  private static JsonNode cases() throws IOException {
    String configured = System.getProperty("sluice.shared");
    Path shared = configured == null ? above("shared/data") : Path.of(configured);
    Path file =
        shared == null ? null : shared.resolve("sequential_stat_vectors/growthbook_two_sided.json");
    assumeTrue(
        file != null && Files.exists(file),
        "shared/data/sequential_stat_vectors is absent: skipped");
    return new ObjectMapper().readTree(file.toFile()).get("cases");
  }

  private static Path above(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(name))) {
        return at.resolve(name);
      }
    }
    return null;
  }
}
