// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.sluice.engine.fault.ExpectedDrift;
import dev.sluice.engine.fault.ExpectedRollout;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.text.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Changes a scenario and writes it, so that a run's directory says what was played. */
public final class ScenarioFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build());

  private ScenarioFile() {}

  /**
   * The scenario cut to a shorter time, with another seed.
   *
   * @param durationMs faults and commands that do not end before it are left out
   */
  public static Scenario with(Scenario scenario, long durationMs, long seed) {
    return new Scenario(
        scenario.name(),
        scenario.description(),
        scenario.startUs(),
        durationMs,
        seed,
        scenario.engine(),
        scenario.ticksPerSecond(),
        scenario.symbols(),
        scenario.faults().stream().filter(f -> f.endMs() <= durationMs).toList(),
        scenario.commands().stream().filter(c -> c.atMs() < durationMs).toList(),
        scenario.trial(),
        scenario.trialSettings(),
        scenario.settings(),
        scenario.shadow(),
        scenario.shadowFaults().stream().filter(f -> f.endMs() <= durationMs).toList(),
        scenario.rollouts().stream().filter(r -> comes(scenario, r, durationMs)).toList(),
        scenario.holds(),
        scenario.parity().stream().filter(p -> p.toMs() <= durationMs).toList());
  }

  /** Whether a change of stage comes in time, and the fault it follows from does. */
  private static boolean comes(Scenario scenario, ExpectedRollout expected, long durationMs) {
    return RolloutReckoning.dueMs(scenario, expected) < durationMs
        && scenario.faults().stream()
            .noneMatch(f -> f.id().equals(expected.fromFault()) && f.endMs() > durationMs);
  }

  /** Writes it in the form {@link Scenario#load} reads. */
  public static void write(Scenario scenario, Path file) throws IOException {
    ObjectNode root = YAML.createObjectNode();
    root.put("name", scenario.name());
    if (scenario.description() != null) {
      root.put("description", scenario.description());
    }
    root.put("start", Reckoning.instant(scenario.startUs()).toString());
    root.put("duration", Durations.format(scenario.durationMs()));
    root.put("seed", scenario.seed());
    root.put("engine", scenario.engine());
    root.put("ticks_per_second", scenario.ticksPerSecond());
    scenario.symbols().forEach(root.putArray("symbols")::add);
    ArrayNode faults = root.putArray("faults");
    scenario.faults().forEach(fault -> fault(faults.addObject(), fault));
    ArrayNode commands = root.putArray("commands");
    scenario.commands().forEach(c -> command(commands.addObject(), c));
    trial(root, scenario);
    shadow(root, scenario);
    Files.writeString(file, YAML.writeValueAsString(root));
  }

  private static void trial(ObjectNode root, Scenario scenario) {
    if (scenario.trial() != null) {
      root.put("trial", scenario.trial());
    }
    scenario.trialSettings().forEach(root.putArray("trial_settings")::add);
    scenario.settings().forEach(root.putArray("settings")::add);
    ArrayNode rollouts = root.putArray("rollouts");
    for (ExpectedRollout expected : scenario.rollouts()) {
      ObjectNode node = rollouts.addObject();
      node.put("to", expected.to()).put("due", Durations.format(expected.dueMs()));
      if (expected.fromFault() != null) {
        node.put("from_fault", expected.fromFault());
      }
    }
    scenario.holds().forEach(root.putArray("holds")::add);
  }

  private static void shadow(ObjectNode root, Scenario scenario) {
    root.put("shadow", scenario.shadow());
    ArrayNode faults = root.putArray("shadow_faults");
    scenario.shadowFaults().forEach(fault -> fault(faults.addObject(), fault));
    ArrayNode parity = root.putArray("parity");
    for (ExpectedDrift expected : scenario.parity()) {
      parity
          .addObject()
          .put("cause", expected.cause().name())
          .put("from", Durations.format(expected.fromMs()))
          .put("to", Durations.format(expected.toMs()));
    }
  }

  private static void command(ObjectNode node, Scenario.ScenarioCommand command) {
    node.put("at", Durations.format(command.atMs()))
        .put("action", command.action().name())
        .put("who", command.who())
        .put("why", command.why());
    if (command.criterion() != null) {
      node.put("criterion", command.criterion());
    }
    if (command.trial() != null) {
      node.put("trial", command.trial());
    }
  }

  private static void found(ObjectNode node, Scenario.ExpectedFinding expected) {
    node.put("kind", expected.kind().name()).put("count", expected.count());
    if (expected.most() != null) {
      node.put("most", expected.most());
    }
    node.put("within", expected.within());
    if (expected.age() != null) {
      node.put("age", expected.age());
    }
    node.put("ends", expected.ends().name());
  }

  private static void fault(ObjectNode node, Scenario.Fault fault) {
    node.put("id", fault.id());
    node.put("kind", fault.kind().name().toLowerCase(Locale.ROOT));
    node.put("at", Durations.format(fault.atMs()));
    node.put("for", Durations.format(fault.forMs()));
    ObjectNode params = node.putObject("params");
    fault.params().forEach((name, value) -> params.put(name, Double.parseDouble(value)));
    ArrayNode expect = node.putArray("expect");
    fault
        .expect()
        .forEach(
            e ->
                expect
                    .addObject()
                    .put("criterion", e.criterion())
                    .put("action", e.action().name())
                    .put("due", e.due()));
    ArrayNode finds = node.putArray("finds");
    fault.finds().forEach(f -> found(finds.addObject(), f));
  }
}
