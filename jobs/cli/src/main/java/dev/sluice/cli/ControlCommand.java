// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.control.ControlDesk;
import dev.sluice.cli.control.EngineStatus;
import dev.sluice.cli.control.PersonsCommand;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.OverrideInForce;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice control}: what engines are told; and telling them, as a person. */
@Command(
    name = "control",
    description = "Shows what every engine is told, or tells one: with a name and a reason.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ControlCommand.Status.class,
      ControlCommand.Halt.class,
      ControlCommand.Pause.class,
      ControlCommand.ReduceOnly.class,
      ControlCommand.Flatten.class,
      ControlCommand.Resume.class,
      ControlCommand.Acknowledge.class,
      OverrideCommand.class,
      KeygenCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice control status",
      "  sluice control halt --engine mm-1 --who ana --why \"venue announces maintenance\"",
      "  sluice control resume --engine mm-1 --who ana --why \"maintenance over\" --output json",
      "  sluice control acknowledge --engine mm-1 --criterion reconcile --who ana --why \"booked by hand\"",
      "  sluice control override --engine mm-1 --criterion deadline-miss --for 2h --who ana --why \"slow until noon\"",
      "  sluice control keygen --out keys"
    })
final class ControlCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** One line per engine. */
  @Command(
      name = "status",
      description = {
        "What each engine is told, what it does, and which findings stand; overrides in force with",
        "who, why and until when; the last command."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice control status --bootstrap kafka-1:9092 --output json")
  static final class Status implements Callable<Integer> {
    private static final int MAX_FINDINGS = 5;

    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Override
    public Integer call() throws JsonProcessingException {
      List<EngineStatus> engines;
      try (ControlDesk desk = new ControlDesk(bootstrap.access())) {
        engines = desk.status();
      } catch (IllegalStateException | KafkaException e) {
        throw bootstrap.unreachable(e);
      }
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        out.println(Json.mapper().writeValueAsString(engines));
        return ExitCodes.OK;
      }
      if (engines.isEmpty()) {
        out.println("no engine has been told anything yet");
        return ExitCodes.OK;
      }
      TextTable table =
          new TextTable(
              "engine",
              "told",
              "epoch",
              "latched",
              "does",
              "acked",
              "lease",
              "judged up to",
              "because");
      for (EngineStatus e : engines) {
        table.row(
            e.engineId(),
            e.mode() == null ? "-" : e.mode().toString(),
            Long.toString(e.epoch()),
            e.latched() ? "yes" : "no",
            e.engineMode() == null ? "?" : e.engineMode().toString(),
            e.ackStatus() == null ? "-" : e.ackStatus().toString(),
            e.leaseLeftMs() == null ? "none" : Math.round(e.leaseLeftMs() / 1000.0) + " s",
            e.watermarkUs() == 0 ? "-" : time(e.watermarkUs()),
            e.because());
        e.overrides().forEach(o -> table.note(text(o)));
        e.commands().stream().reduce((one, other) -> other).ifPresent(c -> table.note(text(c)));
        if (e.flags() != null) {
          table.note("flags by control: " + new TreeMap<>(e.flags()));
        }
        e.findings().stream().limit(MAX_FINDINGS).forEach(table::note);
        int more = e.findings().size() - MAX_FINDINGS;
        table.note(more > 0 ? "and " + more + " more findings stand" : "");
      }
      out.print(table.render());
      out.flush();
      return ExitCodes.OK;
    }

    private static String text(OverrideInForce override) {
      return "override of "
          + override.criterionId()
          + " by "
          + override.who()
          + " until "
          + time(override.expiresAtUs())
          + ": "
          + override.why();
    }

    private static String text(PersonsCommand command) {
      return "last command by "
          + command.who()
          + " at "
          + time(command.atUs())
          + ": "
          + command.what()
          + " ("
          + command.why()
          + ")";
    }

    private static String time(long us) {
      return Instant.EPOCH.plus(us, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }

  /** Cancel everything, place nothing. */
  @Command(
      name = "halt",
      description = "Cancels everything and places nothing until a person resumes.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice control halt --engine mm-1 --who ana --why \"wrong prices\"")
  static final class Halt extends PersonCommand {
    @Override
    CommandAction action() {
      return CommandAction.HALT;
    }
  }

  /** Cancel quotes, place none. */
  @Command(
      name = "pause",
      description = "Cancels quotes and places none until a person resumes.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice control pause --engine mm-1 --who ana --why \"news at 14:30\"")
  static final class Pause extends PersonCommand {
    @Override
    CommandAction action() {
      return CommandAction.PAUSE;
    }
  }

  /** Only orders that shrink a position. */
  @Command(
      name = "reduce-only",
      description = "Lets only orders through that shrink a position.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice control reduce-only --engine mm-1 --who ana --why \"end of day\"")
  static final class ReduceOnly extends PersonCommand {
    @Override
    CommandAction action() {
      return CommandAction.REDUCE_ONLY;
    }
  }

  /** Halt and close positions. */
  @Command(
      name = "flatten",
      description = "Halts and closes every position with reducing orders.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice control flatten --engine mm-1 --who ana --why \"leaving this venue\"")
  static final class Flatten extends PersonCommand {
    @Override
    CommandAction action() {
      return CommandAction.FLATTEN;
    }
  }

  /** Back to work. */
  @Command(
      name = "resume",
      description = "Ends what stands and lets the engine run; refused while a hard breach stands.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice control resume --engine mm-1 --who ana --why \"checked the books\"")
  static final class Resume extends PersonCommand {
    @Override
    CommandAction action() {
      return CommandAction.RESUME;
    }
  }

  /** Seen and dealt with, by a person. */
  @Command(
      name = "acknowledge",
      description = {
        "Takes note of what a criterion has found: its findings count no longer, a latch is undone.",
        "Does not let a halted engine run: that is resume, which is refused while a breach stands."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer =
          "  sluice control acknowledge --engine mm-1 --criterion reconcile --who ana --why \"booked by hand\"")
  static final class Acknowledge extends PersonCommand {
    @Option(
        names = "--criterion",
        required = true,
        paramLabel = "ID",
        description = "the criterion, as sluice control status names it")
    private String criterion;

    @Override
    CommandAction action() {
      return CommandAction.ACKNOWLEDGE;
    }

    @Override
    String criterion() {
      return criterion;
    }
  }
}
