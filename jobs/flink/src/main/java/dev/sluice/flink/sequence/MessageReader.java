// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.MessageChecks;
import dev.sluice.rules.sequence.SequenceCount;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.DropCopyReader;
import dev.sluice.schemas.codec.FillRecordReader;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.OrderRecordReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads and checks one raw record at a time. Bad input ends as a dead letter and a count, never as
 * an exception. Knows nothing of Flink; not thread-safe.
 */
final class MessageReader {
  /** Where results go. */
  interface Output {
    void input(SequenceInput input);

    void deadLetter(DeadLetter letter);

    void count(SequenceCount what);
  }

  private final SequenceSettings settings;
  private final Output output;
  private final Set<String> reported;
  private final Set<String> engines;
  private final OrderRecordReader orders = new OrderRecordReader();
  private final FillRecordReader fills = new FillRecordReader();
  private final DropCopyReader dropCopies = new DropCopyReader();

  MessageReader(SequenceSettings settings, Output output) {
    this.settings = settings;
    this.output = output;
    this.reported = Set.copyOf(settings.reportsDeadLettersOf());
    this.engines = new HashSet<>(settings.roster());
  }

  /** True for the topics read here. */
  static boolean sequenced(String topic) {
    return switch (topic) {
      case Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER, Topics.DROPCOPY -> true;
      default -> false;
    };
  }

  void read(RawRecord raw) {
    byte[] value = raw.value();
    if (value == null) {
      reject(raw, null, DeadLetter.MALFORMED, SequenceCount.MALFORMED, "no value");
      return;
    }
    if (value.length > settings.maxRecordBytes()) {
      String reason = value.length + " bytes, at most " + settings.maxRecordBytes() + " are read";
      reject(raw, null, DeadLetter.OVERSIZED, SequenceCount.OVERSIZED, reason);
      return;
    }
    try {
      check(raw, message(raw));
    } catch (MalformedException e) {
      reject(raw, null, DeadLetter.MALFORMED, SequenceCount.MALFORMED, e.getMessage());
    }
  }

  private void check(RawRecord raw, EngineEvent message) {
    String engineId = message.engineId();
    if (!expected(engineId)) {
      boolean any = settings.roster().isEmpty();
      String reason = any ? "too many engines" : "engine is not on the roster";
      reject(raw, engineId, DeadLetter.UNKNOWN_ENGINE, SequenceCount.UNKNOWN_ENGINE, reason);
      return;
    }
    String problem =
        MessageChecks.problem(
            message, settings.allowedSkewMs() * 1_000, settings.maxStepMs() * 1_000);
    if (problem == null) {
      output.input(SequenceInput.of(message));
    } else {
      output.input(SequenceInput.refused(engineId, message.at()));
      reject(raw, engineId, DeadLetter.QUARANTINED, SequenceCount.QUARANTINED, problem);
    }
  }

  private EngineEvent message(RawRecord raw) throws MalformedException {
    InputRange at = new InputRange(raw.topic(), raw.partition(), raw.offset(), raw.offset());
    long ingestUs = raw.ingestTimeUs();
    return switch (raw.topic()) {
      case Topics.ORDERS -> EngineEvent.of(orders.read(raw.value()), at, ingestUs);
      case Topics.FILLS -> EngineEvent.of(fills.read(raw.value()), at, ingestUs);
      case Topics.HEALTH -> EngineEvent.of(Json.read(raw.value(), Health.class), at, ingestUs);
      case Topics.LEDGER -> EngineEvent.of(Json.read(raw.value(), Ledger.class), at, ingestUs);
      case Topics.DROPCOPY -> EngineEvent.of(dropCopies.read(raw.value()), at, ingestUs);
      default -> throw new MalformedException("no reader for topic " + raw.topic(), null);
    };
  }

  private boolean expected(String engineId) {
    if (engines.contains(engineId)) {
      return true;
    }
    boolean room = settings.roster().isEmpty() && engines.size() < settings.maxEngines();
    return room && engines.add(engineId);
  }

  private void reject(
      RawRecord raw, String engineId, String kind, SequenceCount count, String reason) {
    output.count(count);
    if (!reported.contains(raw.topic())) {
      return;
    }
    byte[] value = raw.value() == null ? new byte[0] : raw.value();
    byte[] kept =
        value.length <= DeadLetter.MAX_BYTES ? value : Arrays.copyOf(value, DeadLetter.MAX_BYTES);
    output.deadLetter(
        new DeadLetter(
            DeadLetter.SCHEMA,
            raw.topic(),
            raw.partition(),
            raw.offset(),
            engineId,
            kind,
            reason,
            raw.ingestTimeUs(),
            value.length,
            kept));
  }
}
