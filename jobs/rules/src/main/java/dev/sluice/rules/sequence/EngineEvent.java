// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.Command;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Source;

/**
 * One thing the judges of an engine's books are told. Either one of the six messages is set, or
 * none, and then it says how far time has come.
 *
 * <p>Of one stream of one run the messages come in the order of their sequence numbers, each once;
 * a number that never came is left out when it has been given up. Streams among each other are in
 * no order: whether something was there at a time is told by its own event time, not by whether it
 * has come. After a word of time, everything that the engine (the venue) said before {@code
 * engineUntilUs} ({@code venueUntilUs}) has come.
 *
 * @param engineUntilUs everything the engine said before this event time has come; 0 in a message
 * @param venueUntilUs the same of the venue, on its own clock; far behind {@code engineUntilUs}
 *     when the venue is silent
 * @param at where the message is in Kafka, null where not known
 * @param ingestUs Kafka append time of the message, or of what completed the time; 0 when unknown
 */
public record EngineEvent(
    String engineId,
    @Nullable Order order,
    @Nullable Fill fill,
    @Nullable DropCopy dropCopy,
    @Nullable Ledger ledger,
    @Nullable Health health,
    @Nullable Command command,
    long engineUntilUs,
    long venueUntilUs,
    Source source,
    @Nullable InputRange at,
    long ingestUs) {

  /** A message of the engine, or of the venue about it. */
  public static EngineEvent of(Order order, InputRange at, long ingestUs) {
    return new EngineEvent(
        order.engineId(), order, null, null, null, null, null, 0, 0, order.source(), at, ingestUs);
  }

  /** As {@link #of(Order, InputRange, long)}. */
  public static EngineEvent of(Fill fill, InputRange at, long ingestUs) {
    return new EngineEvent(
        fill.engineId(), null, fill, null, null, null, null, 0, 0, fill.source(), at, ingestUs);
  }

  /** As {@link #of(Order, InputRange, long)}. */
  public static EngineEvent of(DropCopy copy, InputRange at, long ingestUs) {
    return new EngineEvent(
        copy.engineId(), null, null, copy, null, null, null, 0, 0, copy.source(), at, ingestUs);
  }

  /** As {@link #of(Order, InputRange, long)}. */
  public static EngineEvent of(Ledger ledger, InputRange at, long ingestUs) {
    return new EngineEvent(
        ledger.engineId(),
        null,
        null,
        null,
        ledger,
        null,
        null,
        0,
        0,
        ledger.source(),
        at,
        ingestUs);
  }

  /** As {@link #of(Order, InputRange, long)}. */
  public static EngineEvent of(Health health, InputRange at, long ingestUs) {
    return new EngineEvent(
        health.engineId(),
        null,
        null,
        null,
        null,
        health,
        null,
        0,
        0,
        health.source(),
        at,
        ingestUs);
  }

  /** A person's word. */
  public static EngineEvent of(Command command, Source source) {
    return new EngineEvent(
        command.engineId(), null, null, null, null, null, command, 0, 0, source, null, 0);
  }

  /** How far time has come. */
  public static EngineEvent until(
      String engineId, long engineUntilUs, long venueUntilUs, Source source, long ingestUs) {
    return new EngineEvent(
        engineId,
        null,
        null,
        null,
        null,
        null,
        null,
        engineUntilUs,
        venueUntilUs,
        source,
        null,
        ingestUs);
  }

  /** True when it says how far time has come. */
  public boolean time() {
    return engineUntilUs > 0;
  }
}
