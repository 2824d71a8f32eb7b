// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.SharedData;
import dev.sluice.rules.judge.ShippedCriteria;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.VerdictOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The test files of the shipped criteria, and that each can breach, pass and miss in them. */
class ShippedCasesTest {
  private static final Map<String, CriterionSpec> SPECS =
      ShippedCriteria.all().stream()
          .collect(Collectors.toMap(CriterionSpec::id, Function.identity()));

  @TestFactory
  Stream<DynamicTest> everyCaseHolds() throws IOException {
    return cases().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.criterion() + ": " + one.name(),
                    () ->
                        assertThat(CaseRun.of(one, SPECS.get(one.criterion())).mismatches())
                            .as(one.file() + ":" + one.line())
                            .isEmpty()));
  }

  @Test
  void everyShippedCriterionBreachesPassesAndMissesInItsTestFile() throws IOException {
    Map<String, Set<VerdictOutcome>> seen = new HashMap<>();
    for (CriterionCase one : cases()) {
      for (String expected : one.expect().values()) {
        seen.computeIfAbsent(one.criterion(), id -> new HashSet<>())
            .add(VerdictOutcome.valueOf(expected.split(" ", -1)[0]));
      }
    }
    for (String id : SPECS.keySet()) {
      assertThat(seen.get(id)).as(id).containsExactlyInAnyOrder(VerdictOutcome.values());
    }
  }

  private static List<CriterionCase> cases() throws IOException {
    List<CriterionCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(SharedData.repository("config/criteria/tests"))) {
      for (Path file : files.sorted().toList()) {
        cases.addAll(CasesYaml.parse(file.getFileName().toString(), Files.readString(file), SPECS));
      }
    }
    return cases;
  }
}
