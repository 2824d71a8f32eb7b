// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.kafka;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends operator commands. Thread-safe. */
public final class CommandSender implements AutoCloseable {
  private static final long TIMEOUT_MS = 15_000;

  private final KafkaProducer<byte[], byte[]> producer;

  /** Connects lazily. */
  public CommandSender(String bootstrap) {
    this(KafkaAccess.plain(bootstrap));
  }

  /** Connects lazily. */
  public CommandSender(KafkaAccess kafka) {
    producer =
        new KafkaProducer<>(
            kafka.client(
                Map.of(
                    "linger.ms",
                    0,
                    "acks",
                    "all",
                    "max.block.ms",
                    (int) TIMEOUT_MS,
                    "request.timeout.ms",
                    5_000,
                    "delivery.timeout.ms",
                    (int) TIMEOUT_MS)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
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
    byte[] key = command.engineId().getBytes(StandardCharsets.UTF_8);
    try {
      return producer
          .send(new ProducerRecord<>(Topics.COMMANDS, key, Json.write(command)))
          .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
          .timestamp();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw notTaken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending a command", e);
    }
  }

  /** A user who may write nothing at all is refused as such, before the first record or with it. */
  private static IllegalStateException notTaken(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String why =
        cause instanceof AuthorizationException
            ? "this user may not write " + Topics.COMMANDS + " (" + cause.getMessage() + ")"
            : cause.getMessage();
    return new IllegalStateException("the command was not taken: " + why, failure);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
