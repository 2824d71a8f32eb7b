// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.release.Bundle;
import dev.sluice.cli.release.BundleCheck;
import dev.sluice.cli.release.GateText;
import dev.sluice.rules.release.WayToGreen;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code sluice gate}: may this build go on to the next stage? */
@Command(
    name = "gate",
    description =
        "Release gates: may this build go on to the next stage, and if not, what is in the way?",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GateCommand.Run.class, GateCommand.Verify.class, GateCommand.WhyNot.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice gate run --stage soak --datasets data/datasets --out out/bundle",
      "  sluice gate why-not --stage ga --datasets data/datasets",
      "  sluice gate verify out/bundle"
    })
final class GateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Judges a stage. */
  @Command(
      name = "run",
      description = {
        "Judges the gates of a stage on datasets. Changes nothing; writes the evidence where --out",
        "says. What is missing, too little, too old or of a weaker kind is NO_DATA, and blocks."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice gate run --stage shadow --datasets data/datasets",
        "  sluice gate run --stage soak --datasets out/demo-1/datasets --as-of newest --provenance simulated",
        "  sluice gate run --stage ga --datasets s3://archive/datasets --waivers waivers.yaml --approver Ada --out s3://archive/gates/1",
        "  sluice gate run --stage soak --datasets data/datasets --output json | jq '.gates[] | select(.open | not)'"
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:GO: no gate is shut",
        "2:NO-GO: a gate fails or has no data; also wrong use, with a line on standard error and"
            + " nothing on standard output",
        "3:the surroundings failed (disk, object store)"
      })
  static final class Run implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OutputOption output;
    @Mixin private GateOptions options;

    @Option(
        names = "--out",
        paramLabel = "DIR|URI",
        description = "the bundle of evidence is written there; an empty place")
    private String out;

    @Override
    public Integer call() throws IOException {
      GateOptions.Ran ran = options.run(VerifyCommand.progress(spec.commandLine().getErr()));
      String written = "";
      if (out != null) {
        Bundle bundle = Bundle.write(out, ran.outcome(), ran.gates(), ran.settings());
        written = "Evidence: " + out + ", bundle " + bundle.bundleId() + "\n";
      }
      PrintWriter to = spec.commandLine().getOut();
      to.print(
          output.json()
              ? json(ran.outcome().report())
              : GateText.table(ran.outcome().report()) + written);
      to.flush();
      return ran.outcome().report().go() ? ExitCodes.OK : ExitCodes.NO_GO;
    }
  }

  /** Proves a bundle. */
  @Command(
      name = "verify",
      description = {
        "Proves a bundle of evidence: nothing was deleted, altered or added, its id is that of its",
        "contents, and its readings judged again come to the recorded outcome. Without --id this",
        "proves only that the bundle agrees with itself: give the id that is kept elsewhere."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice gate verify out/bundle",
        "  sluice gate verify s3://archive/releases/v1.2.0/bundle --id 9f2c..."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:it is what it was (of a GO as of a NO-GO)",
        "2:it is not, or it is no bundle",
        "3:the surroundings failed (disk, object store)"
      })
  static final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OutputOption output;

    @Parameters(paramLabel = "BUNDLE", description = "directory or URI")
    private String bundle;

    @Option(
        names = "--id",
        paramLabel = "SHA256",
        description =
            "the id it must have, as a tag or a record keeps it; without it, a bundle that was"
                + " made anew as a whole is not noticed")
    private String id;

    @Override
    public Integer call() throws IOException {
      BundleCheck.Result result = check();
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", result.ok());
        document.put("bundle_id", result.bundle() == null ? null : result.bundle().bundleId());
        document.put("problems", result.problems());
        out.print(json(document));
      } else {
        result.problems().forEach(out::println);
        out.println(
            result.ok()
                ? "the bundle "
                    + result.bundle().bundleId()
                    + " is what it was: "
                    + GateText.verdict(result.bundle().report())
                : "the bundle is not what it was");
      }
      out.flush();
      return result.ok() ? ExitCodes.OK : ExitCodes.NO_GO;
    }

    private BundleCheck.Result check() throws IOException {
      try {
        return BundleCheck.of(bundle, id);
      } catch (CriteriaException e) {
        throw CliException.usage(e.getMessage(), bundle, "it is not the bundle that was written");
      }
    }
  }

  /** The way to green. */
  @Command(
      name = "why-not",
      description = {
        "What is between a stage and GO, what to do about it, and when it can be GO at the",
        "earliest: time that has to be covered, days that have to be green, faults that have to",
        "leave the window, samples that are lacking at the present rate."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice gate why-not --stage ga --datasets data/datasets",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:nothing is in the way",
        "2:something is; also wrong use, with a line on standard error and nothing on standard output",
        "3:the surroundings failed (disk, object store)"
      })
  static final class WhyNot implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private OutputOption output;
    @Mixin private GateOptions options;

    @Override
    public Integer call() throws IOException {
      GateOptions.Ran ran = options.run(VerifyCommand.progress(spec.commandLine().getErr()));
      long asOfUs = ran.outcome().report().asOfUs();
      List<WayToGreen.Step> steps = new ArrayList<>(WayToGreen.of(ran.outcome().results(), asOfUs));
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("go", steps.isEmpty());
        document.put("as_of_us", asOfUs);
        boolean timeMendsAll = steps.stream().allMatch(step -> step.earliestUs() != null);
        document.put("earliest_us", timeMendsAll ? WayToGreen.earliestUs(steps) : null);
        document.put("steps", steps);
        out.print(json(document));
      } else {
        out.print(GateText.steps(steps, asOfUs));
      }
      out.flush();
      return steps.isEmpty() ? ExitCodes.OK : ExitCodes.NO_GO;
    }
  }

  private static String json(Object document) throws JsonProcessingException {
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }
}
