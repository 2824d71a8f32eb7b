// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CliException;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Home;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.rules.trial.TrialYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan that a scenario plays: the shipped one with the scenario's settings over it. */
class TrialFileTest {
  private static final Path SHIPPED = Home.find().resolve("config").resolve("trials");
  private static final String ID = "auto-spread-queue-eta";

  @Test
  void writesTheShippedPlanWithTheScenariosSettings(@TempDir Path directory) throws Exception {
    TrialPlan plan =
        TrialFile.write(
            scenario(
                ID,
                "[acceptance.dwell=2h, 'stages=[0.5, 1.0]',"
                    + " acceptance.guardrails.fill_ratio=0.3, arm_b.spread.base_half_bps=2.5]"),
            SHIPPED,
            directory.resolve("trials"));
    assertThat(plan.acceptance().dwellMs()).isEqualTo(7_200_000);
    assertThat(plan.stageNames()).containsExactly("50", "100");
    assertThat(plan.armB())
        .containsEntry("spread.base_half_bps", "2.5")
        .containsEntry("flags.adaptive_spread", "true");
    Path written = TrialFile.file(directory.resolve("trials"), ID);
    assertThat(TrialYaml.parse("again", Files.readString(written))).isEqualTo(plan);
  }

  @Test
  void aWholeArmCanBeReplaced(@TempDir Path directory) throws Exception {
    TrialPlan alike = TrialFile.write(scenario(ID, "[kind=AA, 'arm_b={}']"), SHIPPED, directory);
    assertThat(alike.kind()).isEqualTo(TrialPlan.Kind.AA);
    assertThat(alike.armB()).isEmpty();
    TrialPlan other =
        TrialFile.write(
            scenario(ID, "['arm_b={spread.fixed_half_bps: 2.02}']"), SHIPPED, directory);
    assertThat(other.armB()).isEqualTo(Map.of("spread.fixed_half_bps", "2.02"));
  }

  @Test
  void aKeyCanBeTakenOut(@TempDir Path directory) throws Exception {
    TrialPlan alike =
        TrialFile.write(
            scenario(ID, "[kind=AA, 'arm_b={}', acceptance.goal=]"), SHIPPED, directory);
    assertThat(alike.acceptance().goal()).isNull();
  }

  @Test
  void anUnknownTrialAndAWrongSettingAreWrongUse(@TempDir Path directory) {
    assertThatThrownBy(() -> TrialFile.write(scenario("no-such", "[]"), SHIPPED, directory))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCodes.USAGE))
        .hasMessageContaining("no-such.yaml");
    assertThatThrownBy(
            () -> TrialFile.write(scenario(ID, "[acceptance.dwel=2h]"), SHIPPED, directory))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("dwel")
        .hasMessageContaining("trial_settings");
    assertThat(TrialFile.file(directory, ID)).doesNotExist();
  }

  private static Scenario scenario(String trial, String settings) {
    return Scenario.parse(
        """
        name: test
        start: 2026-01-05T00:00:00Z
        duration: 1h
        seed: 1
        engine: mm-1
        ticks_per_second: 1
        symbols: [SIMUSDT]
        trial: %s
        trial_settings: %s
        """
            .formatted(trial, settings),
        "test");
  }
}
