// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.rules.SharedData;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Against the reference values of others: confseq of its authors, and GrowthBook. */
class ConfidenceSequenceTest {

  @Test
  void agreesWithTheReferenceImplementationOfItsAuthors() throws IOException {
    JsonNode cases = cases("confseq_reference.json");
    double rho = ConfidenceSequence.bestRho(100, 0.05);

    assertThat(rho).isCloseTo(expected(cases, "two_sided_normal_mixture.best_rho"), within(1e-5));
    double bound = ConfidenceSequence.bound(100, 0.05, rho);
    assertThat(bound)
        .isCloseTo(
            expected(cases, "two_sided_normal_mixture.bound(v=100,alpha=0.05)"), within(1e-5));
  }

  @Test
  void isTheBoundOfASupermartingaleThatReachesOneOverAlpha() throws IOException {
    double rho = ConfidenceSequence.bestRho(100, 0.05);

    // The mixture ½ ln(ρ/(v+ρ)) + s²/(2(v+ρ)): checked against theirs, and at the bound ln(1/α).
    assertThat(logSuperMartingale(10, 100, rho))
        .isCloseTo(
            expected(
                cases("confseq_reference.json"),
                "two_sided_normal_mixture.log_superMG(s=10,v=100)"),
            within(1e-5));
    assertThat(logSuperMartingale(ConfidenceSequence.bound(100, 0.05, rho), 100, rho))
        .isCloseTo(Math.log(1 / 0.05), within(1e-12));
  }

  @Test
  void isTheAsymptoticIntervalThatOthersPublish() throws IOException {
    int checked = 0;
    for (JsonNode each : cases("growthbook_two_sided.json")) {
      JsonNode tuning = each.get("sequential_tuning_parameter");
      if (tuning != null && each.get("expect") != null) {
        RelativeEffect effect = RelativeEffect.of(each);
        assertThat(effect.radius(tuning.asDouble()))
            .as(each.get("id").asText())
            .isCloseTo(half(each.get("expect").get("ci")), within(2e-5));
        assertThat(effect.effect())
            .isCloseTo(each.get("expect").get("effect").asDouble(), within(1e-5));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(2);
  }

  @Test
  void isWiderTheFartherItIsFromWhereItWasTuned() throws IOException {
    for (JsonNode each : cases("growthbook_two_sided.json")) {
      if (each.get("id").asText().equals("sequential_tuning_ordering")) {
        RelativeEffect effect = RelativeEffect.of(each);
        assertThat(effect.radius(10)).isGreaterThan(effect.radius(10_000));
        assertThat(effect.radius(10_000)).isGreaterThan(effect.radius(6_461));
        return;
      }
    }
    throw new AssertionError("the case is gone");
  }

  @Test
  void theRadiusShrinksWithTheNumberOfDifferencesAndGrowsWithConfidence() {
    double rho = ConfidenceSequence.bestRho(144, 0.05);

    assertThat(ConfidenceSequence.radius(144, 1, 0.05, rho))
        .isLessThan(ConfidenceSequence.radius(72, 1, 0.05, rho))
        .isLessThan(ConfidenceSequence.radius(144, 1, 0.01, rho))
        // A fixed-horizon interval is narrower: looking always has its price.
        .isGreaterThan(1.96 / 12);
  }

  /** B / A − 1 with the variance of a ratio of means by the delta method. */
  private record RelativeEffect(double effect, double standardError, double n) {
    static RelativeEffect of(JsonNode each) {
      JsonNode a = each.get("a");
      JsonNode b = each.get("b");
      double meanA = mean(a);
      double meanB = mean(b);
      double variance =
          variance(b) / b.get("n").asDouble() / (meanA * meanA)
              + variance(a) / a.get("n").asDouble() * meanB * meanB / Math.pow(meanA, 4);
      return new RelativeEffect(
          (meanB - meanA) / meanA,
          Math.sqrt(variance),
          a.get("n").asDouble() + b.get("n").asDouble());
    }

    double radius(double tuning) {
      double rho = ConfidenceSequence.bestRho(tuning, 0.05);
      return ConfidenceSequence.radius(n, standardError * Math.sqrt(n), 0.05, rho);
    }

    private static double mean(JsonNode arm) {
      return arm.get("sum").asDouble() / arm.get("n").asDouble();
    }

    private static double variance(JsonNode arm) {
      double n = arm.get("n").asDouble();
      double sum = arm.get("sum").asDouble();
      return arm.get("type").asText().equals("proportion")
          ? mean(arm) * (1 - mean(arm))
          : (arm.get("sum_squares").asDouble() - sum * sum / n) / (n - 1);
    }
  }

  private static double logSuperMartingale(double sum, double v, double rho) {
    return 0.5 * Math.log(rho / (v + rho)) + sum * sum / (2 * (v + rho));
  }

  private static double half(JsonNode interval) {
    return (interval.get(1).asDouble() - interval.get(0).asDouble()) / 2;
  }

  private static JsonNode cases(String file) throws IOException {
    return new ObjectMapper()
        .readTree(SharedData.directory("sequential_stat_vectors").resolve(file).toFile())
        .get("cases");
  }

  private static double expected(JsonNode cases, String id) {
    for (JsonNode each : cases) {
      if (each.get("id").asText().equals(id)) {
        return each.get("expect").asDouble();
      }
    }
    throw new AssertionError("no case " + id);
  }
}
