// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.kafka;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Sends operator commands. Thread-safe. */
public final class CommandSender implements AutoCloseable {
  private final RecordSender sender;

  /** Connects lazily. */
  public CommandSender(String bootstrap) {
    this(KafkaAccess.plain(bootstrap));
  }

  /** Connects lazily. */
  public CommandSender(KafkaAccess kafka) {
    sender = new RecordSender(kafka);
  }

  /**
   * A command of a person concerning one engine, issued now.
   *
   * @param criterionId the criterion it is about, null for the whole engine
   * @param trialId the trial to be started, null for other commands
   */
  public static Command of(
      String engineId,
      CommandAction action,
      String criterionId,
      String trialId,
      String who,
      String why) {
    return new Command(
        Command.SCHEMA,
        UUID.randomUUID().toString(),
        engineId,
        who,
        why,
        action,
        "engine",
        criterionId,
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()),
        null,
        trialId);
  }

  /** A person's permission to go on in spite of a criterion, until an event time. */
  public static Command override(
      String engineId, String criterionId, long expiresAtUs, String who, String why) {
    Command command = of(engineId, CommandAction.OVERRIDE, criterionId, null, who, why);
    return new Command(
        command.schema(),
        command.commandId(),
        engineId,
        who,
        why,
        CommandAction.OVERRIDE,
        "criterion",
        criterionId,
        command.issuedAtUs(),
        expiresAtUs);
  }

  /** Feature flags that a person sets. */
  public static Command flags(String engineId, Map<String, Boolean> flags, String who, String why) {
    Command command = of(engineId, CommandAction.SET_FLAGS, null, null, who, why);
    return new Command(
        command.schema(),
        command.commandId(),
        engineId,
        who,
        why,
        CommandAction.SET_FLAGS,
        "engine",
        null,
        command.issuedAtUs(),
        null,
        null,
        flags);
  }

  /**
   * Sends and waits until the broker has it; returns the broker's append time, epoch milliseconds.
   *
   * @throws IllegalStateException when the broker does not take it
   */
  public long send(Command command) {
    return sender.send("the command", Topics.COMMANDS, command.engineId(), Json.write(command));
  }

  @Override
  public void close() {
    sender.close();
  }
}
