// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.EngineStream;
import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.rules.bucket.Punctuation;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Working memory of {@link PartialBuckets} for one engine, between two flushes. */
final class EngineSlot {
  /** Live parts per (arm, symbol): topics are not read in step, so more than one start is open. */
  private static final int LIVE_PER_KEY = 4;

  final TrackedEngine tracked;
  private final BucketSettings settings;
  private final PartPool pool;
  private final Set<String> keys = new HashSet<>();
  private final List<LivePart> live = new ArrayList<>();
  private final List<Bucket> parts = new ArrayList<>();
  private final List<BucketMids> mids = new ArrayList<>();
  final List<PendingFill> fills = new ArrayList<>();
  final List<Punctuation> punctuations = new ArrayList<>();
  final List<Resolution> resolutions = new ArrayList<>();
  final List<Suspect> suspects = new ArrayList<>();
  private final Map<String, SaidMid> saidMids = new HashMap<>();
  private final boolean[] moved = new boolean[EngineStream.count()];
  private final AwaitedPunctuations awaited = new AwaitedPunctuations();
  private int lastHit;
  private long uses;
  private boolean heartbeatsHere;
  private boolean declares;
  private long declaredUpToUs;
  private int heldFirings;
  private boolean crossed;
  private boolean dirty;
  private Source source;
  private long firstEventUs;
  private long lastEventUs;
  private long newestIngestUs;
  private long venueClockUs;
  private long venueIngestUs;

  private static final class SaidMid {
    double mid = Double.NaN;
    boolean twice;
  }

  EngineSlot(TrackedEngine tracked, BucketSettings settings, PartPool pool) {
    this.tracked = tracked;
    this.settings = settings;
    this.pool = pool;
  }

  /** The part for this key and time; null when the engine has too many symbols already. */
  LivePart part(Arm arm, String symbol, long eventTimeUs) {
    dirty = true;
    long startUs = eventTimeUs == 0 ? 0 : settings.startOf(eventTimeUs);
    int size = live.size();
    for (int i = 0; i < size; i++) {
      int at = lastHit + i < size ? lastHit + i : lastHit + i - size;
      LivePart candidate = live.get(at);
      if (candidate.is(arm, symbol, startUs)) {
        lastHit = at;
        candidate.lastUse = ++uses;
        return candidate;
      }
    }
    return begin(arm, symbol, startUs);
  }

  /** The part for findings about the engine as a whole. */
  LivePart enginePart(long eventTimeUs) {
    return part(null, null, eventTimeUs);
  }

  /**
   * True when the mid is news: it changed, or it stands for the first time after a change. So each
   * level is said at most twice, and one that jumped and then stands still has its second witness.
   */
  boolean newMid(String symbol, double mid) {
    SaidMid said = saidMids.get(symbol);
    if (said == null) {
      said = new SaidMid();
      saidMids.put(symbol, said); // bounded: symbols beyond the limit never come here
    }
    boolean again = said.mid == mid;
    boolean news = !again || !said.twice;
    said.mid = mid;
    said.twice = again;
    return news;
  }

  void sawEvent(Source eventSource, long eventTimeUs) {
    source = eventSource;
    if (firstEventUs == 0 || eventTimeUs < firstEventUs) {
      firstEventUs = eventTimeUs;
    }
    if (eventTimeUs > lastEventUs) {
      lastEventUs = eventTimeUs;
    }
  }

  void sawOwn(long ingestUs) {
    dirty = true;
    if (ingestUs > newestIngestUs) {
      newestIngestUs = ingestUs;
    }
  }

  /** Notes a record of a stream, new or not: the stream is not quiet. */
  void sawStream(EngineStream stream) {
    moved[stream.index()] = true;
  }

  void sawVenue(long clockUs, long ingestUs) {
    dirty = true;
    venueClockUs = Math.max(venueClockUs, clockUs);
    venueIngestUs = Math.max(venueIngestUs, ingestUs);
  }

  /** Adds a confirmed suspect. */
  void add(Suspect suspect) {
    dirty = true;
    parts.add(suspect.part());
    if (suspect.mid() != null) {
      mids.add(new BucketMids(settings.startOf(suspect.eventTimeUs()), suspect.mid()));
    }
    if (suspect.fill() != null) {
      fills.add(suspect.fill());
    }
    if (suspect.punctuation() != null) {
      await(suspect.punctuation());
    }
    sawEvent(suspect.part().source(), suspect.eventTimeUs());
  }

  /** Hands a punctuation on, and watches for the records it declares. */
  void await(Punctuation punctuation) {
    punctuations.add(punctuation);
    heartbeatsHere = true;
    declares = punctuation.declares();
    declaredUpToUs = punctuation.eventTimeUs();
    if (declares) {
      awaited.add(punctuation);
    }
  }

  /** True when something awaited is now complete: worth handing on at once. */
  boolean completed() {
    return awaited.completed(tracked.trackers);
  }

  /**
   * True once after a part was begun beside others where no heartbeat can tell what is complete.
   */
  boolean crossedBorder() {
    boolean was = crossed;
    crossed = false;
    return was;
  }

  /**
   * Asked once each {@link BucketSettings#flushMs()}: true when somebody may be waiting for what is
   * held. The parts of an engine whose heartbeats come here and declare what it sent are of no use
   * before the next one, so they wait for it: with many engines each message then carries more than
   * one event. Its last heartbeat must be recent, or else its events are the only sign of life.
   */
  boolean due() {
    if (!dirty) {
      return false;
    }
    heldFirings++;
    return !waitsForHeartbeat();
  }

  /**
   * Asked before the source says how far it has read: true when what is held must go first. The
   * merge takes an engine for quiet only by such words, one after another; what has waited for half
   * the time that makes quiet goes before the next one, so that an engine whose events are held
   * never looks quiet. In a backlog there are no such words, and nobody is taken for quiet.
   */
  boolean dueBeforeWord() {
    return dirty && (!canWait() || heldFirings >= settings.holdFirings());
  }

  /** True when nobody can be waiting for what is held. */
  private boolean canWait() {
    return awaited.isEmpty() && waitsForHeartbeat();
  }

  /**
   * True when what is held goes by itself: with a heartbeat, or with the last event of those that
   * one has declared. What never comes is told by the source's word.
   */
  private boolean waitsForHeartbeat() {
    return heartbeatsHere
        && declares
        && punctuations.isEmpty()
        && suspects.isEmpty()
        && resolutions.isEmpty()
        && venueIngestUs == 0
        && lastEventUs - declaredUpToUs <= settings.idleGraceMs() * 1_000 / 2;
  }

  boolean awaiting() {
    return !awaited.isEmpty();
  }

  int partCount() {
    return parts.size();
  }

  /** Everything since the last call as one message; null when there is nothing to say. */
  EngineUpdate drain() {
    if (!dirty) {
      return null;
    }
    for (LivePart part : live) {
      encode(part);
    }
    live.clear();
    List<StreamSeen> seen = new ArrayList<>(EngineStream.count());
    for (int stream = 0; stream < moved.length; stream++) {
      if (moved[stream]) {
        moved[stream] = false;
        String run = tracked.trackers[stream].newestRun();
        seen.add(new StreamSeen(stream, run, tracked.trackers[stream].highestSeq(run)));
      }
    }
    EngineUpdate update =
        new EngineUpdate(
            tracked.engineId,
            parts.toArray(new Bucket[0]),
            mids.toArray(new BucketMids[0]),
            fills.toArray(new PendingFill[0]),
            seen.toArray(new StreamSeen[0]),
            punctuations.toArray(new Punctuation[0]),
            resolutions.toArray(new Resolution[0]),
            suspects.toArray(new Suspect[0]),
            source,
            firstEventUs,
            lastEventUs,
            newestIngestUs,
            venueClockUs,
            venueIngestUs);
    parts.clear();
    mids.clear();
    fills.clear();
    punctuations.clear();
    resolutions.clear();
    suspects.clear();
    dirty = false;
    heldFirings = 0;
    source = null;
    firstEventUs = 0;
    lastEventUs = 0;
    newestIngestUs = 0;
    venueClockUs = 0;
    venueIngestUs = 0;
    return update;
  }

  private LivePart begin(Arm arm, String symbol, long startUs) {
    if (symbol != null && !keys.contains(symbol)) {
      if (keys.size() >= settings.maxSymbols()) {
        return null;
      }
      keys.add(symbol);
    }
    if (live.size() >= LIVE_PER_KEY * (keys.size() + 1)) {
      LivePart oldest = live.get(0);
      for (LivePart part : live) {
        oldest = part.lastUse < oldest.lastUse ? part : oldest;
      }
      live.remove(oldest);
      encode(oldest);
    }
    LivePart fresh = pool.lend(arm, symbol, startUs);
    fresh.lastUse = ++uses;
    crossed |= !live.isEmpty() && !heartbeatsHere;
    lastHit = live.size();
    live.add(fresh);
    return fresh;
  }

  private void encode(LivePart part) {
    if (!part.bucket.isEmpty()) {
      parts.add(
          part.bucket.toBucket(
              tracked.engineId, part.arm, part.symbol, part.startUs, settings.widthMs()));
    }
    MidSeries series = part.mids.drain(part.symbol);
    if (series != null) {
      mids.add(new BucketMids(part.startUs, series));
    }
    pool.giveBack(part);
  }
}
