// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.control.CommandOutcome;
import dev.sluice.cli.control.ControlDesk;
import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the commands have in common by which a person tells an engine something: a name, a reason,
 * and waiting for the gate's answer and the engine's.
 */
abstract class PersonCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Option(names = "--engine", required = true, description = "id of the engine")
  private String engine;

  @Option(names = "--who", required = true, description = "your name, for the audit log")
  private String who;

  @Option(names = "--why", required = true, description = "the reason, for the audit log")
  private String why;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for EFFECTIVE (default: ${DEFAULT-VALUE})")
  private int timeoutSeconds;

  abstract CommandAction action();

  /** The criterion the command is about, null for the whole engine. */
  String criterion() {
    return null;
  }

  /** The trial the command is about, null for none or the one that runs. */
  String trial() {
    return null;
  }

  /** What a person is told once the engine has obeyed. */
  String effective(CommandOutcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s: %s is effective at %s, %d ms after the command (epoch %d, %d open orders)",
        action(),
        outcome.mode(),
        engine,
        outcome.latencyMs(),
        outcome.epoch(),
        outcome.openOrders());
  }

  String engine() {
    return engine;
  }

  /** What is sent. */
  Command command(ControlDesk desk) {
    return CommandSender.of(engine, action(), criterion(), trial(), who, why);
  }

  final String who() {
    return who;
  }

  final String why() {
    return why;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    if (who.isBlank() || why.isBlank()) {
      throw CliException.usage(
          "--who and --why must say something", spec.qualifiedName(), "they go to the audit log");
    }
    CommandOutcome outcome;
    try (ControlDesk desk = new ControlDesk(bootstrap.access())) {
      outcome = desk.order(command(desk), Duration.ofSeconds(timeoutSeconds));
    } catch (IllegalStateException | KafkaException e) {
      throw bootstrap.unreachable(e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(outcome));
    } else {
      out.println(sentence(outcome));
    }
    return outcome.ok() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private String sentence(CommandOutcome outcome) {
    return switch (outcome.result()) {
      case EFFECTIVE -> effective(outcome);
      case UNCHANGED -> action() + ": " + outcome.reason();
      case REFUSED -> outcome.reason();
      case NOT_DECIDED ->
          action() + ": the gate did not answer within " + timeoutSeconds + " s; is it running?";
      case NOT_EFFECTIVE ->
          action()
              + ": decided (epoch "
              + outcome.epoch()
              + "), but "
              + engine
              + " has not said EFFECTIVE within "
              + timeoutSeconds
              + " s";
    };
  }
}
