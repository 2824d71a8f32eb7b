// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Source;
import java.util.Arrays;

/**
 * Puts what is said about one engine in an order that does not depend on arrival: each stream of
 * each run by its numbers, each message once and at once when it is next, and words of time; the
 * contract is that of {@link EngineEvent}. Driven by values only; a view on the state, cheap to
 * make. Not thread-safe.
 *
 * <p>Beside the words of the engine itself the closed buckets tell its time: they go on when the
 * engine is silent, and they have given up what never came.
 *
 * <p>The engine's time waits for the venue's when that is too far behind: its topics may not have
 * been read yet. Only when the venue's time has stood still for so many firings of the timer, in a
 * warm process, is it called silent.
 */
public final class Sequencer {
  private final String engineId;
  private final SequenceLimits limits;
  private final SequenceState state;
  private final SequenceOutput output;
  private final Speaker engine;
  private final Speaker venue;

  /** A view on the state of one engine. */
  public Sequencer(
      String engineId, SequenceLimits limits, SequenceState state, SequenceOutput output) {
    this.engineId = engineId;
    this.limits = limits;
    this.state = state;
    this.output = output;
    this.engine = new Speaker(limits, state.engine, output);
    this.venue = new Speaker(limits, state.venue, output);
  }

  /** Takes one message, or a person's word, which is passed on at once. */
  public void take(EngineEvent event) {
    EventStream stream = EventStream.of(event);
    if (stream == null) {
      Source source = state.source == null ? event.source() : state.source;
      output.event(EngineEvent.of(event.command(), source));
      return;
    }
    state.source = event.source();
    if (event.at() != null) {
      saw(event.at());
    }
    (stream.venue() ? venue : engine).take(event, stream);
    while (engine.waiting() + venue.waiting() > limits.maxWaiting()) {
      output.count(SequenceCount.OVERFLOWS, 1);
      if (!engine.giveUpOldest()) {
        venue.giveUpOldest();
      }
    }
  }

  /** Notes that a record of this engine has been read, also one that was refused. */
  public void saw(InputRange at) {
    for (SequenceState.SeenOffset seen : state.seen) {
      if (seen.partition == at.partition() && seen.topic.equals(at.topic())) {
        seen.offset = Math.max(seen.offset, at.lastOffset());
        return;
      }
    }
    SequenceState.SeenOffset fresh = new SequenceState.SeenOffset();
    fresh.topic = at.topic();
    fresh.partition = at.partition();
    fresh.offset = at.lastOffset();
    state.seen = Arrays.copyOf(state.seen, state.seen.length + 1);
    state.seen[state.seen.length - 1] = fresh;
  }

  /** Takes the word of a closed bucket of the whole engine. */
  public void bucket(BucketWord word) {
    if (word.endUs() <= state.engine.clockUs) {
      return;
    }
    state.source = state.source == null ? word.source() : state.source;
    BucketWord[] waiting = state.buckets;
    if (waiting.length >= limits.maxWords()) {
      waiting = Arrays.copyOfRange(waiting, 1, waiting.length); // the next one asks for more
    }
    state.buckets = Arrays.copyOf(waiting, waiting.length + 1);
    state.buckets[waiting.length] = word;
  }

  /** Counts one firing of the timer. */
  public void fired() {
    state.firings++;
  }

  /** True while something waits that only the timer can decide. */
  public boolean needsFirings() {
    return state.waitsForVenue;
  }

  /**
   * Moves time as far as the evidence goes, gives up what it has passed, and says so.
   *
   * @param warm whether absence is evidence
   * @param endOfInput nothing more will ever come
   * @param ingestUs Kafka append time of what was taken last, 0 when unknown
   */
  public void advance(boolean warm, boolean endOfInput, long ingestUs) {
    engine.advance();
    followBuckets();
    venue.advance();
    if (endOfInput) {
      engine.end();
      venue.end();
    }
    long venueUs = Math.max(state.venue.saidUs, state.saidVenueUs);
    if (venueUs > state.saidVenueUs) {
      state.venueFiring = state.firings;
      state.venueSilent = false;
    }
    long engineUs = endOfInput ? state.engine.saidUs : abreast(venueUs, warm);
    say(Math.max(engineUs, state.saidEngineUs), venueUs, ingestUs);
  }

  private void followBuckets() {
    boolean followed = false;
    int passed = 0;
    for (BucketWord word : state.buckets) {
      if (word.endUs() > state.engine.clockUs && !seenAll(word)) {
        break;
      }
      engine.follow(word.endUs());
      followed = true;
      passed++;
    }
    if (passed > 0) {
      state.buckets = Arrays.copyOfRange(state.buckets, passed, state.buckets.length);
    }
    if (followed) {
      engine.advance();
    }
  }

  private boolean seenAll(BucketWord word) {
    if (word.inputs() != null) {
      for (InputRange input : word.inputs()) {
        if (!seen(input)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean seen(InputRange input) {
    for (SequenceState.SeenOffset seen : state.seen) {
      if (seen.partition == input.partition() && seen.topic.equals(input.topic())) {
        return seen.offset >= input.lastOffset();
      }
    }
    return false;
  }

  /** The engine's time, not too far ahead of a venue that may still be unread. */
  private long abreast(long venueUs, boolean warm) {
    long engineUs = state.engine.saidUs;
    state.waitsForVenue = false;
    if (engineUs - venueUs <= limits.venueLagUs()) {
      state.acceptedLagUs = 0;
      return engineUs;
    }
    long lagUs = Math.max(limits.venueLagUs(), state.acceptedLagUs);
    if (state.venueSilent || engineUs - venueUs <= lagUs) {
      return engineUs;
    }
    if (warm && state.firings - state.venueFiring >= limits.patienceFirings()) {
      state.venueSilent = true;
      state.acceptedLagUs = engineUs - venueUs + limits.venueLagUs();
      return engineUs;
    }
    state.waitsForVenue = true;
    return venueUs == 0 ? 0 : venueUs + lagUs;
  }

  private void say(long engineUs, long venueUs, long ingestUs) {
    boolean news = engineUs > state.saidEngineUs || venueUs > state.saidVenueUs;
    state.saidVenueUs = venueUs;
    state.saidEngineUs = engineUs;
    if (news && engineUs > 0) {
      Source source = state.source == null ? Source.SIMULATED : state.source;
      output.event(EngineEvent.until(engineId, engineUs, venueUs, source, ingestUs));
    }
  }
}
