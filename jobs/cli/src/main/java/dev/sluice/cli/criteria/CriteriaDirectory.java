// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria;

import dev.sluice.cli.CliException;
import dev.sluice.rules.cases.CasesYaml;
import dev.sluice.rules.cases.CriterionCase;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory of criteria and the test files below it, with everything that is wrong in them: not
 * only the first fault, as at the start of a job.
 *
 * @param specs by id, in the order of the files' names; without those of a file that is wrong
 * @param fileById where each is written
 * @param cases of all test files that can be read
 * @param errors one sentence each: file, line, key
 */
public record CriteriaDirectory(
    Map<String, CriterionSpec> specs,
    Map<String, String> fileById,
    List<CriterionCase> cases,
    List<String> errors) {
  /** Where the test files are, below the criteria. */
  public static final String TESTS = "tests";

  /**
   * Reads.
   *
   * @throws CliException when the directory cannot be read, or has no criteria
   */
  public static CriteriaDirectory read(Path directory) {
    List<String> errors = new ArrayList<>();
    Map<String, CriterionSpec> specs = new LinkedHashMap<>();
    Map<String, String> fileById = new LinkedHashMap<>();
    Map<Path, String> texts = texts(directory);
    if (texts.isEmpty()) {
      throw CliException.usage(
          "no criteria", directory.toString(), "a directory with *.yaml files is needed");
    }
    texts.forEach(
        (file, text) -> {
          try {
            for (CriterionSpec spec : CriteriaYaml.parse(file.toString(), text)) {
              String other = fileById.putIfAbsent(spec.id(), file.toString());
              if (other == null) {
                specs.put(spec.id(), spec);
              } else {
                errors.add(file + ": criterion `" + spec.id() + "` is already in " + other);
              }
            }
          } catch (CriteriaException e) {
            errors.add(e.getMessage());
          }
        });
    List<CriterionCase> cases = new ArrayList<>();
    if (errors.isEmpty() && Files.isDirectory(directory.resolve(TESTS))) {
      texts(directory.resolve(TESTS))
          .forEach(
              (file, text) -> {
                try {
                  cases.addAll(CasesYaml.parse(file.toString(), text, specs));
                } catch (CriteriaException e) {
                  errors.add(e.getMessage());
                }
              });
    }
    return new CriteriaDirectory(specs, fileById, List.copyOf(cases), List.copyOf(errors));
  }

  private static Map<Path, String> texts(Path directory) {
    Map<Path, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        texts.put(file, Files.readString(file));
      }
    } catch (IOException e) {
      throw CliException.usage(
          "criteria cannot be read", directory.toString(), "give a directory: --dir DIR");
    }
    return texts;
  }
}
