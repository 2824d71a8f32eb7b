// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.bucket.EngineClock;
import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.JumpCheck;
import dev.sluice.rules.bucket.Plausibility;
import dev.sluice.rules.bucket.StreamTracker;
import dev.sluice.rules.risk.Mark;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.EventView;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Touches each raw record once: read, identify, check, count in a part of its bucket. Knows nothing
 * of Flink; the operator is its shell. Bad input ends as a dead letter and a count, never as an
 * exception. Not thread-safe.
 */
public final class PartialBuckets {
  private static final int MAX_PARTS = 64;
  private static final int MAX_LIVE = 16_384;
  private static final int MAX_SUSPECTS = 64;

  private final BucketSettings settings;
  private final PartialOutput output;
  private final Set<String> roster;
  private final Map<String, EngineSlot> slots = new HashMap<>();
  private final PartPool pool = new PartPool();
  private final EventRow row = new EventRow();
  private final long stepUs;
  private final long skewUs;
  private RawRecord raw;
  private EngineSlot slot;

  /** For one thread. */
  public PartialBuckets(BucketSettings settings, PartialOutput output) {
    this.settings = settings;
    this.output = output;
    this.roster = new HashSet<>(settings.roster());
    this.stepUs = settings.maxStepMs() * 1_000;
    this.skewUs = settings.allowedSkewMs() * 1_000;
  }

  /** Takes one record; of what is no part of a bucket nothing is even looked at. */
  public void add(RawRecord record) {
    if (record.topic().equals(Topics.DROPCOPY)) {
      return;
    }
    raw = record;
    byte[] value = record.value();
    if (value == null) {
      reject(null, DeadLetter.MALFORMED, InputFault.MALFORMED, "no value");
      return;
    }
    if (value.length > settings.maxRecordBytes()) {
      String reason = value.length + " bytes, at most " + settings.maxRecordBytes() + " are read";
      reject(null, DeadLetter.OVERSIZED, InputFault.OVERSIZED, reason);
      return;
    }
    try {
      dispatch(record.topic(), value);
    } catch (MalformedException e) {
      reject(null, DeadLetter.MALFORMED, InputFault.MALFORMED, e.getMessage());
    }
  }

  /**
   * Hands on what somebody may be waiting for; needed from time to time, see {@link
   * BucketSettings#flushMs()}.
   */
  public void flushDue() {
    for (EngineSlot each : slots.values()) {
      if (each.due()) {
        flush(each);
      }
    }
  }

  /** Hands on what must go before the source says that it has read through. */
  public void flushBeforeWord() {
    for (EngineSlot each : slots.values()) {
      if (each.dueBeforeWord()) {
        flush(each);
      }
    }
  }

  /** Hands on everything held; needed before a checkpoint's barrier. */
  public void flush() {
    for (EngineSlot each : slots.values()) {
      flush(each);
    }
  }

  /** What must survive a restart, right after {@link #flush()}. */
  public List<TrackedEngine> snapshot() {
    List<TrackedEngine> all = new ArrayList<>(slots.size());
    for (EngineSlot each : slots.values()) {
      all.add(each.tracked);
    }
    return all;
  }

  /** Takes over what instances before this one knew. */
  public void restore(Collection<TrackedEngine> before) {
    for (TrackedEngine engine : before) {
      slots.computeIfAbsent(engine.engineId, this::newSlot).tracked.adopt(engine);
    }
  }

  private void dispatch(String topic, byte[] value) throws MalformedException {
    switch (topic) {
      case Topics.TICKS -> event(EngineStream.TICKS, value);
      case Topics.ORDERS -> event(EngineStream.ORDERS, value);
      case Topics.FILLS -> event(EngineStream.FILLS, value);
      case Topics.HEALTH -> event(EngineStream.HEALTH, value);
      case Topics.LEDGER -> ledger(Json.read(value, Ledger.class));
      default -> throw new MalformedException("no reader for topic " + topic, null);
    }
  }

  private void event(EngineStream stream, byte[] value) throws MalformedException {
    EventView event = row.read(stream, value);
    if (enter(event.engineId)) {
      accept(stream, event, row.implausible(stream));
    }
  }

  private boolean enter(String engineId) {
    slot = slots.get(engineId);
    if (slot != null) {
      return true;
    }
    if (roster.isEmpty() ? slots.size() >= settings.maxEngines() : !roster.contains(engineId)) {
      String reason = roster.isEmpty() ? "too many engines" : "engine is not on the roster";
      reject(engineId, DeadLetter.UNKNOWN_ENGINE, InputFault.UNKNOWN_ENGINE, reason);
      return false;
    }
    slot = newSlot(engineId);
    slots.put(engineId, slot);
    return true;
  }

  private EngineSlot newSlot(String engineId) {
    TrackedEngine tracked = new TrackedEngine();
    tracked.engineId = engineId;
    return new EngineSlot(tracked, settings, pool);
  }

  /** Identity, then time, then values, then the bucket. */
  private void accept(EngineStream stream, EventView event, String implausible) {
    slot.sawOwn(raw.ingestTimeUs());
    JumpCheck jump = slot.tracked.jumps[stream.index()];
    String nobody = Plausibility.ofIdentity(event);
    if (nobody != null) {
      quarantine(nobody, jump.highestUs);
      return;
    }
    String never = Plausibility.ofTime(event.eventTimeUs);
    long placeUs = never == null ? placeOf(event, jump) : jump.highestUs;
    if (!identify(stream, event, placeUs)) {
      return;
    }
    String wrongTime = never == null ? tooFarAhead(event) : never;
    if (wrongTime != null) {
      quarantine(wrongTime, jump.highestUs);
    } else if (EngineClock.wallClock(event.source)) {
      jump.highestUs = Math.max(jump.highestUs, event.eventTimeUs);
      count(stream, event, implausible);
    } else {
      judgeJump(stream, event, implausible, jump);
    }
    if ((slot.awaiting() && slot.completed())
        || slot.partCount() >= MAX_PARTS
        || slot.crossedBorder()) {
      flush(slot);
    } else if (pool.lent() > MAX_LIVE) {
      flush();
    }
  }

  /** Where findings about identity count: the record's own time, if that can be believed. */
  private long placeOf(EventView event, JumpCheck jump) {
    return jump.highestUs > 0
        ? Math.min(event.eventTimeUs, jump.highestUs + stepUs)
        : event.eventTimeUs;
  }

  private boolean identify(EngineStream stream, EventView event, long placeUs) {
    StreamTracker tracker = slot.tracked.trackers[stream.index()];
    StreamTracker.Identity identity = tracker.accept(event.runId, event.seq, placeUs);
    slot.sawStream(stream);
    if (identity == StreamTracker.Identity.DUPLICATE) {
      slot.enginePart(placeUs).bucket.addDuplicate();
      output.count(InputFault.DUPLICATES, 1);
      return false;
    }
    if (identity == StreamTracker.Identity.REORDERED) {
      slot.enginePart(placeUs).bucket.addReordered();
      slot.enginePart(tracker.refilledAtUs()).bucket.addGaps(-1);
      output.count(InputFault.REORDERED, 1);
    } else if (tracker.newGaps() > 0) {
      slot.enginePart(placeUs).bucket.addGaps(tracker.newGaps());
      output.count(InputFault.GAPS, tracker.newGaps());
    }
    return true;
  }

  private String tooFarAhead(EventView event) {
    boolean ahead =
        EngineClock.wallClock(event.source)
            && raw.ingestTimeUs() > 0
            && event.eventTimeUs > raw.ingestTimeUs() + skewUs;
    return ahead
        ? "event time is " + (event.eventTimeUs - raw.ingestTimeUs()) / 1_000 + " ms ahead of Kafka"
        : null;
  }

  private void judgeJump(EngineStream stream, EventView event, String implausible, JumpCheck jump) {
    long blameUs = jump.highestUs;
    switch (jump.judge(event.eventTimeUs, stepUs)) {
      case PLAUSIBLE -> count(stream, event, implausible);
      case PLAUSIBLE_DENIES -> {
        resolve(stream, false);
        count(stream, event, implausible);
      }
      case PLAUSIBLE_CONFIRMS -> {
        resolve(stream, true);
        count(stream, event, implausible);
      }
      case SUSPECT -> suspect(stream, event, implausible, blameUs);
      case SUSPECT_DENIES -> {
        resolve(stream, false);
        suspect(stream, event, implausible, blameUs);
      }
    }
  }

  private void count(EngineStream stream, EventView event, String implausible) {
    if (implausible != null) {
      quarantine(implausible, event.eventTimeUs);
      return;
    }
    LivePart part = partOf(stream, event);
    if (part.symbol == null && event.symbol != null) {
      quarantine("more than " + settings.maxSymbols() + " symbols", event.eventTimeUs);
      return;
    }
    slot.sawEvent(event.source, event.eventTimeUs);
    row.addTo(part.bucket, stream, raw);
    if (stream == EngineStream.TICKS) {
      part.mids.offer(event.eventTimeUs, row.tickMid());
      if (slot.newMid(event.symbol, row.tickMid())) {
        output.mark(
            new Mark(
                event.engineId,
                event.symbol,
                row.tickMid(),
                event.eventTimeUs,
                raw.ingestTimeUs()));
      }
    } else if (stream == EngineStream.FILLS) {
      slot.fills.add(row.pendingFill());
      output.trade(row.trade(event.eventTimeUs, raw.ingestTimeUs()));
    } else if (stream == EngineStream.HEALTH) {
      slot.await(row.punctuation(raw.ingestTimeUs()));
      output.health(row.health(), raw.ingestTimeUs());
    }
  }

  /** The part of the record's key; the engine's own part when it has too many symbols already. */
  private LivePart partOf(EngineStream stream, EventView event) {
    LivePart part =
        stream == EngineStream.HEALTH
            ? slot.enginePart(event.eventTimeUs)
            : slot.part(event.arm, event.symbol, event.eventTimeUs);
    return part == null ? slot.enginePart(event.eventTimeUs) : part;
  }

  private void suspect(EngineStream stream, EventView event, String implausible, long blameUs) {
    if (implausible != null || slot.suspects.size() >= MAX_SUSPECTS) {
      quarantine(implausible == null ? "too many suspects" : implausible, blameUs);
      return;
    }
    if (stream == EngineStream.FILLS) {
      // its time is doubted, not the position it tells: risk has it at a time that is believed
      long timeUs = Math.min(event.eventTimeUs, slot.tracked.highestUs());
      output.trade(row.trade(timeUs, raw.ingestTimeUs()));
    }
    Arm arm = stream == EngineStream.HEALTH ? null : event.arm;
    String symbol = stream == EngineStream.HEALTH ? null : event.symbol;
    LivePart single = pool.lend(arm, symbol, settings.startOf(event.eventTimeUs));
    row.addTo(single.bucket, stream, raw);
    Bucket part =
        single.bucket.toBucket(
            slot.tracked.engineId, arm, symbol, single.startUs, settings.widthMs());
    pool.giveBack(single);
    String reason =
        "event time is " + (event.eventTimeUs - blameUs) / 1_000 + " ms ahead of its stream";
    slot.suspects.add(
        new Suspect(
            stream.index(),
            event.runId,
            event.seq,
            event.eventTimeUs,
            blameUs,
            part,
            stream == EngineStream.TICKS ? row.midSeries() : null,
            stream == EngineStream.FILLS ? row.pendingFill() : null,
            stream == EngineStream.HEALTH ? row.punctuation(raw.ingestTimeUs()) : null,
            letter(slot.tracked.engineId, DeadLetter.QUARANTINED, reason)));
  }

  /** Decides the suspects of a stream: those still here, and by a message those handed on. */
  private void resolve(EngineStream stream, boolean confirmed) {
    List<Suspect> here = new ArrayList<>(slot.suspects);
    slot.suspects.clear();
    for (Suspect suspect : here) {
      if (suspect.stream() != stream.index()) {
        slot.suspects.add(suspect);
      } else if (confirmed) {
        slot.add(suspect);
      } else {
        slot.enginePart(suspect.blameUs()).bucket.addQuarantined();
        output.count(InputFault.QUARANTINED, 1);
        output.deadLetter(suspect.letter());
      }
    }
    slot.resolutions.add(new Resolution(stream.index(), confirmed));
  }

  private void quarantine(String reason, long blameUs) {
    slot.enginePart(blameUs).bucket.addQuarantined();
    reject(slot.tracked.engineId, DeadLetter.QUARANTINED, InputFault.QUARANTINED, reason);
  }

  private void ledger(Ledger ledger) {
    if (!enter(ledger.engineId())) {
      return;
    }
    long ingestUs = raw.ingestTimeUs();
    if (ledger.book() == Book.ENGINE) {
      slot.sawOwn(ingestUs);
      return;
    }
    long clockUs = Math.max(ledger.asOfUs(), ledger.eventTimeUs());
    if (believed(ledger.source(), clockUs, ingestUs)) {
      slot.sawVenue(clockUs, ingestUs);
    } else {
      String reason = "venue clock is too far ahead";
      reject(ledger.engineId(), DeadLetter.QUARANTINED, InputFault.QUARANTINED, reason);
    }
  }

  private boolean believed(Source source, long venueClockUs, long ingestUs) {
    if (Plausibility.ofTime(venueClockUs) != null) {
      return false;
    }
    if (EngineClock.wallClock(source)) {
      return ingestUs <= 0 || venueClockUs <= ingestUs + skewUs;
    }
    JumpCheck.Finding finding = slot.tracked.venueJump.judge(venueClockUs, stepUs);
    return finding != JumpCheck.Finding.SUSPECT && finding != JumpCheck.Finding.SUSPECT_DENIES;
  }

  private void flush(EngineSlot which) {
    EngineUpdate update = which.drain();
    if (update != null) {
      output.update(update);
    }
  }

  private void reject(String engineId, String kind, InputFault fault, String reason) {
    output.count(fault, 1);
    output.deadLetter(letter(engineId, kind, reason));
  }

  private DeadLetter letter(String engineId, String kind, String reason) {
    byte[] value = raw.value() == null ? new byte[0] : raw.value();
    byte[] kept =
        value.length <= DeadLetter.MAX_BYTES ? value : Arrays.copyOf(value, DeadLetter.MAX_BYTES);
    return new DeadLetter(
        DeadLetter.SCHEMA,
        raw.topic(),
        raw.partition(),
        raw.offset(),
        engineId,
        kind,
        reason,
        raw.ingestTimeUs(),
        value.length,
        kept);
  }
}
