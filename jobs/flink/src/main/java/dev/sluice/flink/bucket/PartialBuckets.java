// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.bucket.EngineClock;
import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.FillEdges;
import dev.sluice.rules.bucket.JumpCheck;
import dev.sluice.rules.bucket.Markouts;
import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.rules.bucket.Plausibility;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.rules.bucket.StreamTracker;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.EventView;
import dev.sluice.schemas.codec.FillReader;
import dev.sluice.schemas.codec.FillView;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.OrderReader;
import dev.sluice.schemas.codec.OrderView;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
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
  private static final int MAX_LIVE = 256;
  private static final int MAX_SUSPECTS = 64;

  private final BucketSettings settings;
  private final PartialOutput output;
  private final Set<String> roster;
  private final Map<String, EngineSlot> slots = new HashMap<>();
  private final PartPool pool = new PartPool();
  private final TickReader tickReader = new TickReader();
  private final OrderReader orderReader = new OrderReader();
  private final FillReader fillReader = new FillReader();
  private final TickView tick = new TickView();
  private final OrderView order = new OrderView();
  private final FillView fill = new FillView();
  private final EventView healthView = new EventView();
  private final long stepUs;
  private final long skewUs;
  private RawRecord raw;
  private EngineSlot slot;
  private Health health;

  /** For one thread. */
  public PartialBuckets(BucketSettings settings, PartialOutput output) {
    this.settings = settings;
    this.output = output;
    this.roster = new HashSet<>(settings.roster());
    this.stepUs = settings.maxStepMs() * 1_000;
    this.skewUs = settings.allowedSkewMs() * 1_000;
  }

  /** Takes one record. */
  public void add(RawRecord record) {
    raw = record;
    byte[] value = record.value();
    if (value == null) {
      reject(null, DeadLetter.MALFORMED, Finding.MALFORMED, "no value");
      return;
    }
    if (value.length > settings.maxRecordBytes()) {
      String reason = value.length + " bytes, at most " + settings.maxRecordBytes() + " are read";
      reject(null, DeadLetter.OVERSIZED, Finding.OVERSIZED, reason);
      return;
    }
    try {
      dispatch(record.topic(), value);
    } catch (MalformedException e) {
      reject(null, DeadLetter.MALFORMED, Finding.MALFORMED, e.getMessage());
    }
  }

  /** Hands on everything held; needed before a checkpoint's barrier and from time to time. */
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
      case Topics.TICKS:
        tickReader.read(value, tick);
        if (enter(tick.engineId)) {
          accept(EngineStream.TICKS, tick, Plausibility.of(tick));
        }
        break;
      case Topics.ORDERS:
        orderReader.read(value, order);
        if (enter(order.engineId)) {
          accept(EngineStream.ORDERS, order, Plausibility.of(order));
        }
        break;
      case Topics.FILLS:
        fillReader.read(value, fill);
        if (enter(fill.engineId)) {
          accept(EngineStream.FILLS, fill, Plausibility.of(fill));
        }
        break;
      case Topics.HEALTH:
        health = Json.read(value, Health.class);
        if (enter(health.engineId())) {
          copyCommon(health);
          accept(EngineStream.HEALTH, healthView, Plausibility.of(health));
        }
        break;
      case Topics.LEDGER:
        ledger(Json.read(value, Ledger.class));
        break;
      default:
        throw new MalformedException("no reader for topic " + topic, null);
    }
  }

  private boolean enter(String engineId) {
    slot = slots.get(engineId);
    if (slot != null) {
      return true;
    }
    if (roster.isEmpty() ? slots.size() >= settings.maxEngines() : !roster.contains(engineId)) {
      String reason = roster.isEmpty() ? "too many engines" : "engine is not on the roster";
      reject(engineId, DeadLetter.UNKNOWN_ENGINE, Finding.UNKNOWN_ENGINE, reason);
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
    String never = Plausibility.ofTime(event);
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
    if (identity == StreamTracker.Identity.DUPLICATE) {
      slot.enginePart(placeUs).bucket.addDuplicate();
      output.count(Finding.DUPLICATES, 1);
      return false;
    }
    slot.sawStream(stream);
    if (identity == StreamTracker.Identity.REORDERED) {
      slot.enginePart(placeUs).bucket.addReordered();
      slot.enginePart(tracker.refilledAtUs()).bucket.addGaps(-1);
      output.count(Finding.REORDERED, 1);
    } else if (tracker.newGaps() > 0) {
      slot.enginePart(placeUs).bucket.addGaps(tracker.newGaps());
      output.count(Finding.GAPS, tracker.newGaps());
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
    fill(stream, part);
    if (stream == EngineStream.TICKS) {
      part.mids.offer(tick.eventTimeUs, tick.mid());
    } else if (stream == EngineStream.FILLS) {
      slot.fills.add(pendingFill());
    } else if (stream == EngineStream.HEALTH) {
      slot.await(punctuation());
      output.health(health, raw.ingestTimeUs());
    }
  }

  private void fill(EngineStream stream, LivePart part) {
    switch (stream) {
      case TICKS -> part.bucket.addTick(tick);
      case ORDERS -> part.bucket.addOrder(order);
      case FILLS -> part.bucket.addFill(fill);
      case HEALTH -> part.bucket.addHealth(health);
    }
    part.bucket.addInput(raw.topic(), raw.partition(), raw.offset());
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
    Arm arm = stream == EngineStream.HEALTH ? null : event.arm;
    String symbol = stream == EngineStream.HEALTH ? null : event.symbol;
    LivePart single = pool.lend(arm, symbol, settings.startOf(event.eventTimeUs));
    fill(stream, single);
    Bucket part =
        single.bucket.toBucket(
            slot.tracked.engineId, arm, symbol, single.startUs, settings.widthMs());
    pool.giveBack(single);
    boolean isTick = stream == EngineStream.TICKS;
    MidSeries mid =
        isTick
            ? new MidSeries(symbol, new long[] {tick.eventTimeUs}, new double[] {tick.mid()})
            : null;
    PendingFill pending = stream == EngineStream.FILLS ? pendingFill() : null;
    Punctuation punctuation = stream == EngineStream.HEALTH ? punctuation() : null;
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
            mid,
            pending,
            punctuation,
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
        output.count(Finding.QUARANTINED, 1);
        output.deadLetter(suspect.letter());
      }
    }
    slot.resolutions.add(new Resolution(stream.index(), confirmed));
  }

  private void quarantine(String reason, long blameUs) {
    slot.enginePart(blameUs).bucket.addQuarantined();
    reject(slot.tracked.engineId, DeadLetter.QUARANTINED, Finding.QUARANTINED, reason);
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
    boolean believed =
        EngineClock.wallClock(ledger.source())
            ? ingestUs <= 0 || clockUs <= ingestUs + skewUs
            : plausibleVenue(slot.tracked.venueJump.judge(clockUs, stepUs));
    if (believed) {
      slot.sawVenue(clockUs, ingestUs);
    } else {
      String reason = "venue clock is too far ahead";
      reject(ledger.engineId(), DeadLetter.QUARANTINED, Finding.QUARANTINED, reason);
    }
  }

  private static boolean plausibleVenue(JumpCheck.Finding finding) {
    return finding != JumpCheck.Finding.SUSPECT && finding != JumpCheck.Finding.SUSPECT_DENIES;
  }

  private PendingFill pendingFill() {
    return Markouts.pending(
        fill.symbol,
        fill.arm,
        fill.eventTimeUs,
        fill.side.sign(),
        fill.midAtFill,
        FillEdges.weightE6(fill));
  }

  private Punctuation punctuation() {
    SentCounts sent = health.sent();
    return new Punctuation(
        health.runId(),
        health.eventTimeUs(),
        raw.ingestTimeUs(),
        sent != null,
        sent == null ? 0 : sent.ticks(),
        sent == null ? 0 : sent.orders(),
        sent == null ? 0 : sent.fills());
  }

  private void copyCommon(Health from) {
    healthView.engineId = from.engineId();
    healthView.runId = from.runId();
    healthView.seq = from.seq();
    healthView.eventTimeUs = from.eventTimeUs();
    healthView.source = from.source();
  }

  private void flush(EngineSlot which) {
    EngineUpdate update = which.drain();
    if (update != null) {
      output.update(update);
    }
  }

  private void reject(String engineId, String kind, Finding finding, String reason) {
    output.count(finding, 1);
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
