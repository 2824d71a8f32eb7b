// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.control.CommandOutcome;
import dev.sluice.cli.control.InForce;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.trial.TrialDesk;
import dev.sluice.cli.trial.TrialHistory;
import dev.sluice.cli.trial.TrialPage;
import dev.sluice.cli.trial.TrialStanding;
import dev.sluice.cli.trial.TrialText;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice trial}: where a trial stands and why, and moving its stage as a person. */
@Command(
    name = "trial",
    description = {
      "A/B trials with a staged rollout: where each stands and what holds it back;",
      "starting, promoting and rolling back, with a name and a reason."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      TrialCommand.Status.class,
      TrialCommand.Start.class,
      TrialCommand.Promote.class,
      TrialCommand.Rollback.class,
      TrialCommand.Explain.class,
      TrialCommand.Report.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice trial status",
      "  sluice trial start --engine mm-1 --trial auto-spread-queue-eta --who ana --why \"new spread\"",
      "  sluice trial explain --engine mm-1",
      "  sluice trial rollback --engine mm-1 --who ana --why \"venue changes its fees\"",
      "  sluice trial report --data out/demo-1/datasets --out trial.html"
    })
final class TrialCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What reads trials from the topics. */
  abstract static class Reading implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Option(names = "--engine", paramLabel = "ID", description = "this engine alone")
    private String engine;

    abstract String text(List<TrialStanding> standings);

    @Override
    public Integer call() throws JsonProcessingException {
      List<TrialStanding> standings;
      try {
        standings =
            new TrialDesk(bootstrap.access())
                .standings().stream()
                    .filter(s -> engine == null || s.engineId().equals(engine))
                    .toList();
      } catch (IllegalStateException | KafkaException e) {
        throw bootstrap.unreachable(e);
      }
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        out.println(Json.mapper().writeValueAsString(standings));
      } else {
        out.print(text(standings));
      }
      out.flush();
      return ExitCodes.OK;
    }
  }

  /** One line per engine. */
  @Command(
      name = "status",
      description = "Stage, covered time, goal with its interval, and what holds it back.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice trial status --bootstrap kafka-1:9092 --output json")
  static final class Status extends Reading {
    @Override
    String text(List<TrialStanding> standings) {
      return TrialText.status(standings);
    }
  }

  /** Everything. */
  @Command(
      name = "explain",
      description = "Every difference with its interval, what holds the promotion, and decisions.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice trial explain --engine mm-1")
  static final class Explain extends Reading {
    @Override
    String text(List<TrialStanding> standings) {
      return standings.isEmpty()
          ? TrialText.status(standings)
          : String.join("\n", standings.stream().map(TrialText::explain).toList());
    }
  }

  /** What moves a stage. */
  abstract static class Move extends PersonCommand {
    @Override
    String effective(CommandOutcome outcome) {
      InForce inForce = outcome.inForce();
      return String.format(
          Locale.ROOT,
          "%s: %s has taken up stage %s, in force from %s, %d ms after the command"
              + " (epoch %d, %d open orders)%s%s",
          action(),
          engine(),
          inForce.rollout() == null ? "none" : TrialText.stage(inForce.rollout().stage()),
          inForce.fromUs() == null ? "now" : TrialText.time(inForce.fromUs()) + " UTC",
          outcome.latencyMs(),
          outcome.epoch(),
          outcome.openOrders(),
          inForce.reason() == null ? "" : "; but " + inForce.reason(),
          inForce.flags() == null ? "" : "; flags of untreated slots: " + flags(inForce.flags()));
    }

    private static String flags(Map<String, Boolean> flags) {
      return String.join(
          ", ",
          flags.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(flag -> flag.getKey() + "=" + flag.getValue())
              .toList());
    }
  }

  /** The first stage. */
  @Command(
      name = "start",
      description =
          "Starts a trial at its first stage; both the judge and the engine know its plan.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer =
          "  sluice trial start --engine mm-1 --trial auto-spread-queue-eta --who ana --why \"new spread\"")
  static final class Start extends Move {
    @Option(names = "--trial", required = true, paramLabel = "ID", description = "id of the trial")
    private String trial;

    @Override
    CommandAction action() {
      return CommandAction.START_TRIAL;
    }

    @Override
    String trial() {
      return trial;
    }
  }

  /** The next stage. */
  @Command(
      name = "promote",
      description = "Moves to the next stage; refused while a verdict holds it.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice trial promote --engine mm-1 --who ana --why \"convinced by the report\"")
  static final class Promote extends Move {
    @Override
    CommandAction action() {
      return CommandAction.PROMOTE;
    }
  }

  /** Back to A. */
  @Command(
      name = "rollback",
      description = "Gives the trial up: every slot is A at once, B's quotes are cancelled.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice trial rollback --engine mm-1 --who ana --why \"venue changes its fees\"")
  static final class Rollback extends Move {
    @Override
    CommandAction action() {
      return CommandAction.ROLLBACK;
    }
  }

  /** A page with plots. */
  @Command(
      name = "report",
      description = "Writes a page with plots that needs nothing else, no network either.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice trial report --engine mm-1",
        "  sluice trial report --data out/demo-1/datasets --out trial.html"
      })
  static final class Report implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Option(names = "--engine", paramLabel = "ID", description = "of this engine (default: any)")
    private String engine;

    @Option(
        names = "--trial",
        paramLabel = "ID",
        description = "this trial (default: the one spoken of last)")
    private String trial;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "from the datasets of a run (default: from Kafka)")
    private Path data;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "the page (default: trial-<id>.html)")
    private Path out;

    @Override
    public Integer call() throws IOException {
      TrialHistory history = history();
      TrialHistory.Key key =
          history
              .newest(engine, trial)
              .orElseThrow(
                  () ->
                      CliException.failed(
                          "nothing was said of such a trial",
                          data == null ? bootstrap.servers() : data.toString(),
                          "there are: " + history.trials()));
      Path page = out == null ? Path.of(fileName(key.trialId())) : out;
      Files.writeString(page, TrialPage.of(history, key));
      PrintWriter result = spec.commandLine().getOut();
      if (output.json()) {
        result.println(
            Json.mapper()
                .writeValueAsString(
                    Map.of("page", page.toString(), "words", history.words(key).size())));
      } else {
        result.println(page + ": " + history.words(key).size() + " words on " + key.trialId());
      }
      return ExitCodes.OK;
    }

    /** The id came from outside: only what no path can be made of. */
    static String fileName(String trialId) {
      return "trial-" + trialId.replaceAll("[^A-Za-z0-9._-]", "_") + ".html";
    }

    private TrialHistory history() {
      if (data == null) {
        try {
          return new TrialDesk(bootstrap.access()).history();
        } catch (IllegalStateException | KafkaException e) {
          throw bootstrap.unreachable(e);
        }
      }
      try (Datasets datasets = new Datasets(data)) {
        return TrialHistory.of(datasets);
      } catch (IllegalStateException e) {
        throw CliException.usage(e.getMessage(), data.toString(), "give the datasets of a run");
      }
    }
  }
}
