// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.criteria.CriteriaDirectory;
import dev.sluice.cli.criteria.Lint;
import dev.sluice.cli.criteria.live.LiveDesk;
import dev.sluice.cli.criteria.live.LiveOutcome;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.live.LiveText;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sluice criteria stage|promote|revert}: a criterion changed while the jobs run, by a person
 * with a reason, and confirmed by every subtask of the judge.
 */
abstract class CriteriaChangeCommand implements Callable<Integer> {
  private static final String ALREADY_SENT =
      "; the change stays on the topic and is heard when they run: `sluice criteria live` shows it,"
          + " `sluice criteria revert` takes it back";

  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration of the jobs, for their criteria (default: config/sluice.yaml)")
  private Path config;

  @Option(names = "--who", required = true, description = "your name, for the audit log")
  private String who;

  @Option(names = "--why", required = true, description = "the reason, for the audit log")
  private String why;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for every subtask (default: ${DEFAULT-VALUE})")
  private int timeoutSeconds;

  /** The change to be sent; what is wrong with it is a {@link CriteriaException}. */
  abstract LiveCriterion change(LiveDesk desk, String person, String reason) throws IOException;

  /** What lint says of it, which does not hinder it. */
  List<String> warnings(SluiceConfig settings) throws IOException {
    return List.of();
  }

  @Override
  public Integer call() throws IOException {
    if (who.isBlank() || why.isBlank()) {
      throw CliException.usage(
          "--who and --why must say something", spec.qualifiedName(), "they are kept with it");
    }
    SluiceConfig settings =
        SluiceConfig.load(config == null ? Home.config("sluice.yaml") : config, List.of());
    LiveDesk desk =
        new LiveDesk(bootstrap.access(), settings.allCriteria(), settings.gate().hardCaps());
    LiveOutcome outcome;
    try {
      List<String> warnings = warnings(settings);
      outcome =
          desk.send(
              change(desk, who, why), warnings, Duration.ofSeconds(timeoutSeconds), this::progress);
    } catch (CriteriaException e) {
      throw CliException.usage(e.getMessage(), spec.qualifiedName(), "nothing was changed");
    } catch (IllegalStateException | KafkaException e) {
      throw bootstrap.unreachable(e);
    }
    say(outcome);
    return outcome.result() == LiveOutcome.Result.APPLIED ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private void progress(int answered, int of) {
    spec.commandLine().getErr().println("confirmed by " + answered + " of " + of + " subtasks");
  }

  private void say(LiveOutcome outcome) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(outcome));
      return;
    }
    outcome.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println(outcome.criterionId() + " version " + outcome.version() + ": " + sentence(outcome));
  }

  private String sentence(LiveOutcome outcome) {
    return switch (outcome.result()) {
      case APPLIED ->
          outcome.reason()
              + ", confirmed by all "
              + outcome.parallelism()
              + " subtasks, "
              + outcome.latencyMs()
              + " ms after the change";
      case REJECTED ->
          "refused, what was in force before stays: "
              + outcome.reason()
              + " (do the jobs run with the same configuration?)";
      case INCOMPLETE ->
          "only "
              + outcome.subtasks().size()
              + " of "
              + outcome.parallelism()
              + " subtasks confirmed it within "
              + timeoutSeconds
              + " s, not "
              + outcome.missing()
              + ALREADY_SENT;
      case UNHEARD ->
          "no judge answered within "
              + timeoutSeconds
              + " s: do the jobs run at "
              + bootstrap.servers()
              + "?"
              + ALREADY_SENT.substring(1);
    };
  }

  /** Beside what is in force. */
  @Command(
      name = "stage",
      description = {
        "Lints a criterion and has it judged in shadow while the jobs run, as ID-staged, beside",
        "what is in force. Nothing acts on it until it is promoted. Criteria on buckets and",
        "heartbeats only; no hard caps (docs/how-to/change-a-criterion-live.md)."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer =
          "  sluice criteria stage my/deadline-miss.yaml --who ana --why \"new venue, ticket 812\"",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every subtask judges by it",
        "1:a subtask refused it, or not all answered in time",
        "2:it is wrong, or may not be changed live; nothing was sent",
        "3:Kafka does not answer"
      })
  static final class Stage extends CriteriaChangeCommand {
    @Parameters(paramLabel = "FILE", description = "a criteria file with one criterion")
    private Path file;

    private String text() throws IOException {
      if (!Files.isReadable(file)) {
        throw CliException.usage("cannot be read", file.toString(), "give a criteria file");
      }
      return Files.readString(file);
    }

    @Override
    LiveCriterion change(LiveDesk desk, String person, String reason) throws IOException {
      return desk.stage(file.toString(), text(), person, reason);
    }

    @Override
    List<String> warnings(SluiceConfig settings) throws IOException {
      CriterionSpec staged = LiveText.read(file.toString(), text());
      CriteriaDirectory files = CriteriaDirectory.read(Path.of(settings.criteria().dir()));
      Lint lint =
          Lint.of(
              new CriteriaDirectory(
                  Map.of(staged.id(), staged),
                  Map.of(staged.id(), file.toString()),
                  files.cases(),
                  files.errors()),
              settings.roster());
      if (!lint.errors().isEmpty()) {
        throw new CriteriaException(String.join("; ", lint.errors()));
      }
      return lint.warnings();
    }
  }

  /** In force. */
  @Command(
      name = "promote",
      description = {
        "Puts the staged text of a criterion in force instead of the file's. It goes on with the",
        "state it had in shadow: a breach that stands acts at once."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer =
          "  sluice criteria promote deadline-miss --who ana --why \"a day without false alarm\"")
  static final class Promote extends CriteriaChangeCommand {
    @Parameters(paramLabel = "ID", description = "the criterion")
    private String id;

    @Override
    LiveCriterion change(LiveDesk desk, String person, String reason) {
      return desk.promote(id, person, reason);
    }
  }

  /** As the files say. */
  @Command(
      name = "revert",
      description = {
        "Gives a criterion back to the files, whether it is staged or in force. One that no file",
        "has is withdrawn: an engine it paused runs again, one it halted waits for RESUME."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice criteria revert deadline-miss --who ana --why \"too eager\" --output json")
  static final class Revert extends CriteriaChangeCommand {
    @Parameters(paramLabel = "ID", description = "the criterion")
    private String id;

    @Override
    LiveCriterion change(LiveDesk desk, String person, String reason) {
      return desk.revert(id, person, reason);
    }
  }
}
