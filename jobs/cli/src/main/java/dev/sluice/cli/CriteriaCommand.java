// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.criteria.CriteriaDirectory;
import dev.sluice.cli.criteria.Explanation;
import dev.sluice.cli.criteria.Lint;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.cases.CaseResult;
import dev.sluice.rules.cases.CaseRun;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice criteria}: criteria as files, and changed while the jobs run. */
@Command(
    name = "criteria",
    description = {
      "Checks, tests, lists and explains the criteria that engines are judged by, and changes them",
      "while the jobs run."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      CriteriaCommand.LintFiles.class,
      CriteriaCommand.Test.class,
      CriteriaCommand.ListAll.class,
      CriteriaCommand.Explain.class,
      CriteriaChangeCommand.Stage.class,
      CriteriaChangeCommand.Promote.class,
      CriteriaChangeCommand.Revert.class,
      CriteriaLiveCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice criteria lint",
      "  sluice criteria test --only cache-hit",
      "  sluice criteria list --output json",
      "  sluice criteria explain deadline-miss",
      "  sluice criteria stage my/deadline-miss.yaml --who ana --why \"new venue\""
    })
final class CriteriaCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What all of them need. */
  abstract static class OfDirectory implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OutputOption output;

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        description = "the criteria, with their test files in DIR/tests (default: config/criteria)")
    private Path dir;

    CriteriaDirectory read() {
      return CriteriaDirectory.read(dir == null ? Home.config("criteria") : dir);
    }

    /** As {@link #read}, where nothing can be done with criteria that are wrong. */
    CriteriaDirectory readSound() {
      CriteriaDirectory criteria = read();
      if (!criteria.errors().isEmpty()) {
        PrintWriter err = spec.commandLine().getErr();
        criteria.errors().forEach(error -> err.println("sluice: " + error));
        throw CliException.usage(
            criteria.errors().size() + " errors", "criteria", "mend them; nothing was done");
      }
      return criteria;
    }

    boolean json() {
      return output.json();
    }

    PrintWriter out() {
      return spec.commandLine().getOut();
    }

    void printJson(Object document) throws JsonProcessingException {
      out().println(Json.mapper().writeValueAsString(document));
    }
  }

  /** Every error, and what is hardly meant. */
  @Command(
      name = "lint",
      description = {
        "Reads every file strictly and names all that is wrong, with file, line and key;",
        "warns of what is allowed but hardly meant, and of criteria without tests."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {"  sluice criteria lint", "  sluice criteria lint --dir my/criteria --strict"},
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:sound",
        "1:only warnings, with --strict",
        "2:errors: a job would not start"
      })
  static final class LintFiles extends OfDirectory {
    @Option(names = "--strict", description = "warnings count as failures: exit code 1")
    private boolean strict;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "configuration with the roster (default: config/sluice.yaml)")
    private Path config;

    @Override
    public Integer call() throws JsonProcessingException {
      CriteriaDirectory criteria = read();
      Path file = config == null ? Home.config("sluice.yaml") : config;
      Lint lint = Lint.of(criteria, SluiceConfig.load(file, List.of()).roster());
      if (json()) {
        printJson(lint);
      } else {
        lint.errors().forEach(error -> out().println("error: " + error));
        lint.warnings().forEach(warning -> out().println("warning: " + warning));
        out()
            .println(
                criteria.specs().size()
                    + " criteria, "
                    + criteria.cases().size()
                    + " tests: "
                    + lint.errors().size()
                    + " errors, "
                    + lint.warnings().size()
                    + " warnings");
      }
      if (!lint.errors().isEmpty()) {
        return ExitCodes.USAGE;
      }
      return strict && !lint.warnings().isEmpty() ? ExitCodes.FAILED : ExitCodes.OK;
    }
  }

  /** The unit tests. */
  @Command(
      name = "test",
      description = {
        "Plays the test files beside the criteria to the judge and the gate of production:",
        "series in, outcome, phase, action and decision at given times out."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice criteria test",
        "  sluice criteria test --only memory-leak --output json"
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every case holds",
        "1:a case failed, or there is none",
        "2:wrong use or criteria"
      })
  static final class Test extends OfDirectory {
    @Option(names = "--only", paramLabel = "ID", description = "cases of this criterion only")
    private String only;

    @Override
    public Integer call() throws JsonProcessingException {
      CriteriaDirectory criteria = readSound();
      if (only != null) {
        known(criteria, only);
      }
      long startNanos = System.nanoTime();
      List<CaseResult> results =
          criteria.cases().stream()
              .filter(one -> only == null || one.criterion().equals(only))
              .map(one -> CaseRun.of(one, criteria.specs().get(one.criterion())))
              .toList();
      long failed = results.stream().filter(result -> !result.passed()).count();
      if (json()) {
        printJson(results.stream().map(Test::document).toList());
      } else {
        for (CaseResult result : results) {
          var one = result.criterionCase();
          out()
              .println(
                  (result.passed() ? "ok    " : "FAIL  ") + one.criterion() + ": " + one.name());
          if (!result.passed()) {
            out().println("      " + one.file() + ":" + one.line());
            result.mismatches().forEach(mismatch -> out().println("      " + mismatch));
          }
        }
        out()
            .println(
                results.size()
                    + " cases, "
                    + failed
                    + " failed, in "
                    + (System.nanoTime() - startNanos) / 1_000_000
                    + " ms");
      }
      return failed > 0 || results.isEmpty() ? ExitCodes.FAILED : ExitCodes.OK;
    }

    private static Map<String, Object> document(CaseResult result) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("criterion", result.criterionCase().criterion());
      document.put("name", result.criterionCase().name());
      document.put("file", result.criterionCase().file());
      document.put("line", result.criterionCase().line());
      document.put("passed", result.passed());
      document.put("mismatches", result.mismatches());
      return document;
    }
  }

  /** One line each. */
  @Command(
      name = "list",
      description = "One line for each criterion.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice criteria list --output json | jq '.[] | select(.mode == \"SHADOW\")'")
  static final class ListAll extends OfDirectory {
    @Override
    public Integer call() throws JsonProcessingException {
      CriteriaDirectory criteria = readSound();
      if (json()) {
        List<Map<String, Object>> all = new ArrayList<>();
        criteria.specs().values().forEach(spec -> all.add(document(criteria, spec)));
        printJson(all);
        return ExitCodes.OK;
      }
      TextTable table =
          new TextTable(
              "criterion", "breach", "over", "hold", "action", "severity", "mode", "tests");
      for (CriterionSpec spec : criteria.specs().values()) {
        table.row(
            spec.id(),
            spec.metric().id() + " " + spec.breach(),
            spec.instant() ? "now" : Durations.format(spec.overMs()),
            spec.holdMs() == 0 ? "-" : Durations.format(spec.holdMs()),
            spec.action() + (spec.escalateTo() == null ? "" : " > " + spec.escalateTo()),
            spec.severity().toString(),
            spec.mode().toString(),
            Long.toString(tests(criteria, spec)));
      }
      out().print(table.render());
      out().flush();
      return ExitCodes.OK;
    }

    private static Map<String, Object> document(CriteriaDirectory criteria, CriterionSpec spec) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("id", spec.id());
      document.put("file", criteria.fileById().get(spec.id()));
      document.put("criteria_hash", spec.criteriaHash());
      document.put("metric", spec.metric().id());
      document.put("breach", spec.breach().toString());
      document.put("recover", spec.recover().toString());
      document.put("instant", spec.instant());
      document.put("over_ms", spec.overMs());
      document.put("hold_ms", spec.holdMs());
      document.put("action", spec.action());
      document.put("escalate_to", spec.escalateTo());
      document.put("missing_action", spec.missingAction());
      document.put("missing_after_ms", spec.missingAfterMs());
      document.put("severity", spec.severity());
      document.put("scope", spec.scope());
      document.put("mode", spec.mode());
      document.put("tests", tests(criteria, spec));
      return document;
    }

    private static long tests(CriteriaDirectory criteria, CriterionSpec spec) {
      return criteria.cases().stream().filter(one -> one.criterion().equals(spec.id())).count();
    }
  }

  /** In sentences. */
  @Command(
      name = "explain",
      description =
          "What one criterion measures, when it trips, what happens then, how it recovers.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice criteria explain memory-leak")
  static final class Explain extends OfDirectory {
    @Parameters(paramLabel = "ID", description = "the criterion")
    private String id;

    @Override
    public Integer call() throws JsonProcessingException {
      CriteriaDirectory criteria = readSound();
      Map<String, String> lines = Explanation.of(known(criteria, id));
      if (json()) {
        printJson(lines);
        return ExitCodes.OK;
      }
      out().println(id + " (" + criteria.fileById().get(id) + ")");
      lines.forEach((heading, line) -> out().printf("  %-16s %s%n", heading, line));
      criteria.cases().stream()
          .filter(one -> one.criterion().equals(id))
          .forEach(one -> out().printf("  %-16s %s%n", "test", one.name()));
      return ExitCodes.OK;
    }
  }

  private static CriterionSpec known(CriteriaDirectory criteria, String id) {
    CriterionSpec spec = criteria.specs().get(id);
    if (spec == null) {
      throw CliException.usage(
          "no criterion `" + id + "`",
          "criteria",
          "sluice criteria list shows them" + Suggestion.of(id, criteria.specs().keySet()));
    }
    return spec;
  }
}
