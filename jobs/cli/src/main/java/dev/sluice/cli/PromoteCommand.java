// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.release.GateText;
import dev.sluice.cli.release.Promotion;
import dev.sluice.schemas.codec.Json;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice promote}: releases a build that its gates let through. */
@Command(
    name = "promote",
    description = {
      "Runs the gates of a stage; when it is GO, and a person confirms, tags the commit, writes",
      "release notes, and archives the bundle of evidence and the logs. Refuses on NO-GO. A version",
      "that is archived is never changed: promoting it again says so and does nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice promote --stage ga --version v1.2.0 --datasets data/datasets --to s3://archive/releases --approver Ada",
      "  sluice promote --stage soak --version v1.2.0-rc1 --datasets out/demo-1/datasets --as-of newest --provenance simulated --to out/releases --yes"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:promoted, or it was before",
      "1:nobody confirmed",
      "2:NO-GO; also wrong use",
      "3:the surroundings failed (disk, object store, git)"
    })
final class PromoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;
  @Mixin private GateOptions options;

  /** Of its own, as {@code --version} is the release's here. */
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // picocli's
  private boolean help;

  @Option(
      names = "--version",
      required = true,
      paramLabel = "vX",
      description = "of the release; the tag")
  private String version;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR|URI",
      description = "the archive; the release becomes <to>/<version>/")
  private String to;

  @Option(names = "--yes", description = "does not ask; for pipelines")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    if (!version.matches("v[0-9][A-Za-z0-9._-]*")) {
      throw CliException.usage("`" + version + "` is no version", "--version", "write v1.2.0");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Promotion promotion = new Promotion(to, version, Home.find());
    Promotion.Release before = promotion.before();
    if (before != null) {
      return done(before, "was promoted before, nothing was changed");
    }
    Console console = terminal();
    if (!yes && console == null) {
      throw CliException.usage(
          "there is no terminal to confirm at", "promote " + version, "give --yes in a pipeline");
    }
    GateOptions.Ran ran = options.run(VerifyCommand.progress(err));
    (output.json() ? err : out).print(GateText.table(ran.outcome().report()));
    (output.json() ? err : out).flush();
    if (!ran.outcome().report().go()) {
      err.println(
          "sluice: " + version + " is not promoted; sluice gate why-not says what is in the way");
      err.flush();
      return ExitCodes.NO_GO;
    }
    if (!yes && !version.equals(console.readLine("Type %s to promote: ", version))) {
      err.println("sluice: not confirmed, nothing was done");
      err.flush();
      return ExitCodes.FAILED;
    }
    return done(
        promotion.promote(
            ran.outcome(),
            ran.gates(),
            ran.settings(),
            options.logs(),
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())),
        "is promoted");
  }

  /** The terminal; null when there is none. From JDK 22 on a console may be none. */
  @SuppressWarnings("SystemConsoleNull")
  private static Console terminal() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console)
          ? console
          : null;
    } catch (NoSuchMethodException e) {
      return console;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a console that cannot be asked", e);
    }
  }

  private int done(Promotion.Release release, String what) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(release));
    } else {
      out.println(
          version + " " + what + ": " + to + "/" + version + ", bundle " + release.bundleId());
      out.println(
          release.tag() != null
              ? "tagged " + release.tag() + " at " + release.commit()
              : release.rehearsal()
                  ? "a rehearsal: no tag"
                  : "no git checkout: the version stands in the archive alone");
    }
    out.flush();
    return ExitCodes.OK;
  }
}
