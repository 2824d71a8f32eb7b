// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A trial as an engine can run it.
 *
 * @param armB the engine's configuration with the settings of arm B over it
 */
public record TrialSetup(TrialPlan plan, EngineConfig armB) {
  /**
   * Reads a trial for an engine.
   *
   * @param config the engine's file, null for the defaults alone
   * @param settings {@code key=value} over it; those of arm B go last
   * @throws ConfigException when either file is wrong, or arm B sets what the engine does not know
   */
  public static TrialSetup load(Path trial, Path config, List<String> settings) {
    TrialPlan plan = TrialPlan.load(trial);
    List<String> all = new ArrayList<>(settings);
    all.addAll(plan.settingsOfB());
    try {
      return new TrialSetup(plan, EngineConfigLoader.load(config, all));
    } catch (ConfigException e) {
      throw new ConfigException(trial + ": arm_b: " + e.getMessage(), e);
    }
  }
}
