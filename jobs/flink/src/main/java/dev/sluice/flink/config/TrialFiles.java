// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.rules.trial.TrialYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a directory of trials. */
final class TrialFiles {
  private static final String SUFFIX = ".yaml";

  private TrialFiles() {}

  /**
   * The trials of all files, by id; none where the directory holds no file or is not there.
   *
   * @throws ConfigException when it cannot be read, or a file is wrong or named otherwise than its
   *     trial
   */
  static Map<String, TrialPlan> read(Path directory) {
    if (Files.notExists(directory)) {
      return Map.of();
    }
    Map<String, String> textByFile = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(TrialFiles::trial).sorted().toList()) {
        textByFile.put(file.toString(), text(file));
      }
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
    Map<String, TrialPlan> plans = new LinkedHashMap<>();
    textByFile.forEach((file, text) -> put(plans, file, text));
    return plans;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ConfigException unreadable(Path what, IOException why) {
    return new ConfigException("trials.dir: cannot read " + what + " (" + why + ")", why);
  }

  private static void put(Map<String, TrialPlan> plans, String file, String text) {
    try {
      TrialPlan plan = TrialYaml.parse(file, text);
      String named = Path.of(file).getFileName().toString();
      if (!named.equals(plan.id() + SUFFIX)) {
        throw new ConfigException(
            file + ": holds trial `" + plan.id() + "`; did you mean " + plan.id() + SUFFIX + "?");
      }
      plans.put(plan.id(), plan);
    } catch (CriteriaException e) {
      throw new ConfigException(e.getMessage(), e);
    }
  }

  private static boolean trial(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }
}
