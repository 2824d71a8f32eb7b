// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.sluice.cli.CliException;
import dev.sluice.engine.config.StrictYaml;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.rules.trial.TrialYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The plan of a scenario's trial: the shipped one with the scenario's settings over it, written
 * beside the run, so that judge and engine read the same file and the run says what was tried.
 */
final class TrialFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build());

  /** Its keys are settings of the engine, dots and all. */
  private static final String ARM_B = "arm_b";

  private TrialFile() {}

  /** Where the plan of a run is written. */
  static Path file(Path directory, String trialId) {
    return directory.resolve(trialId + ".yaml");
  }

  /**
   * Writes the plan.
   *
   * @param shipped directory of the shipped plans
   * @param directory where to; made when it is not there
   * @throws CliException when there is no such plan, or a setting makes it wrong
   */
  static TrialPlan write(Scenario scenario, Path shipped, Path directory) throws IOException {
    Path source = file(shipped, scenario.trial());
    if (!Files.isRegularFile(source)) {
      throw CliException.usage(
          "no trial '" + scenario.trial() + "'", source.toString(), "name a file of config/trials");
    }
    String text = resolved(Files.readString(source), source.toString(), scenario.trialSettings());
    TrialPlan plan;
    try {
      plan = TrialYaml.parse(source.getFileName().toString(), text);
    } catch (CriteriaException e) {
      throw CliException.usage(e.getMessage(), scenario.name(), "see its trial_settings");
    }
    if (!plan.id().equals(scenario.trial())) {
      throw CliException.usage(
          "the trial's id is " + plan.id(), source.toString(), "it has to be its file's name");
    }
    Files.createDirectories(directory);
    Files.writeString(file(directory, plan.id()), text);
    return plan;
  }

  /** The plan's text with {@code key=value} settings over it; {@code key=} takes the key out. */
  static String resolved(String text, String name, List<String> settings)
      throws JsonProcessingException {
    ObjectNode root = StrictYaml.parse(text, name);
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals == setting.length() - 1) {
        remove(root, setting.substring(0, equals));
      } else if (setting.startsWith(ARM_B + '.') && equals > 0) {
        JsonNode value = YAML.readTree(setting.substring(equals + 1));
        root.withObject("/" + ARM_B)
            .set(setting.substring(ARM_B.length() + 1, equals).trim(), value);
      } else {
        StrictYaml.set(root, setting);
      }
    }
    return YAML.writeValueAsString(root);
  }

  private static void remove(ObjectNode root, String key) {
    int dot = key.lastIndexOf('.');
    JsonNode owner = dot < 0 ? root : root.at("/" + key.substring(0, dot).replace('.', '/'));
    if (owner instanceof ObjectNode object) {
      object.remove(key.substring(dot + 1));
    }
  }
}
