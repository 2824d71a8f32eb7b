// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Source;
import org.junit.jupiter.api.Test;

class EngineClockTest {
  private static final long S = 1_000_000L;
  private static final ClockSettings SETTINGS =
      new ClockSettings(10 * S, 10 * S, 5 * S, 20 * S, 10 * S, S / 2, 10, 2, 4);

  private final ClockState state = new ClockState();
  private final EngineClock clock = new EngineClock(SETTINGS, state);

  private static Punctuation at(String run, long second, long ticks, long orders) {
    return new Punctuation(run, second * S, second * S + 7, true, ticks, orders, 0);
  }

  private void releaseAll(boolean warm) {
    while (clock.release(warm, false) != null) {}
  }

  private void fire(int times) {
    for (int i = 0; i < times; i++) {
      clock.fired();
    }
  }

  @Test
  void movesOnlyWhenEverythingDeclaredHasBeenSeen() {
    clock.punctuate(at("r", 10, 20, 3));
    clock.sawStream(EngineStream.TICKS, "r", 25);
    releaseAll(false);
    assertThat(state.watermarkUs).isZero();
    clock.sawStream(EngineStream.ORDERS, "r", 3);
    releaseAll(false);
    assertThat(state.watermarkUs).isEqualTo(10 * S);
    assertThat(state.decidedIngestUs).isEqualTo(10 * S + 7);
  }

  @Test
  void lostRecordsHoldItBackUntilALaterWordAndAQuietStream() {
    clock.sawStream(EngineStream.TICKS, "r", 18);
    clock.punctuate(at("r", 10, 20, 0));
    fire(50);
    releaseAll(true);
    assertThat(state.watermarkUs).as("no later word").isZero();
    clock.punctuate(at("r", 20, 40, 0));
    releaseAll(true);
    assertThat(state.watermarkUs).as("not settled").isZero();
    fire(2);
    releaseAll(false);
    assertThat(state.watermarkUs).as("a cold judge knows nothing of absence").isZero();
    releaseAll(true);
    assertThat(state.watermarkUs).isEqualTo(10 * S);
  }

  @Test
  void aLaterRunProvesThatTheEarlierOneIsOver() {
    clock.punctuate(at("r1", 10, 20, 0));
    clock.sawStream(EngineStream.TICKS, "r1", 15);
    clock.punctuate(at("r2", 20, 1, 0));
    releaseAll(false);
    assertThat(state.watermarkUs).isZero();
    clock.sawStream(EngineStream.TICKS, "r2", 1);
    clock.release(false, false);
    assertThat(state.watermarkUs).isEqualTo(10 * S);
  }

  @Test
  void aNewRunThatHasSentNothingWaitsForTheEndOfTheOldOne() {
    clock.punctuate(at("r1", 10, 0, 0));
    releaseAll(false);
    clock.sawStream(EngineStream.TICKS, "r1", 5);
    clock.punctuate(at("r2", 20, 0, 0));
    releaseAll(true);
    assertThat(state.watermarkUs).isEqualTo(10 * S);
    fire(10);
    releaseAll(true);
    assertThat(state.watermarkUs).isEqualTo(20 * S);
    clock.punctuate(at("r2", 30, 0, 0));
    releaseAll(true);
    assertThat(state.watermarkUs).as("known by now").isEqualTo(30 * S);
  }

  @Test
  void anEngineThatDeclaresNothingIsGivenBoundedDisorder() {
    clock.sawEvents(Source.SIMULATED, 1 * S, 42 * S, 1);
    clock.punctuate(new Punctuation("r", 40 * S, 1, false, 0, 0, 0));
    clock.follow(false, false, 0, Source.SIMULATED);
    assertThat(state.watermarkUs).isEqualTo(37 * S);
  }

  @Test
  void aSilentEngineFollowsTheVenueAtADistance() {
    clock.punctuate(at("r", 10, 0, 0));
    releaseAll(false);
    clock.sawOwn(100 * S);
    clock.sawVenue(50 * S, 100 * S + S / 4);
    fire(20);
    clock.follow(true, false, 0, Source.SIMULATED);
    assertThat(state.watermarkUs).as("appended too soon after its own").isEqualTo(10 * S);
    clock.sawVenue(50 * S, 101 * S);
    clock.follow(false, false, 0, Source.SIMULATED);
    assertThat(state.watermarkUs).as("a cold judge").isEqualTo(10 * S);
    clock.follow(true, false, 0, Source.SIMULATED);
    assertThat(state.watermarkUs).isEqualTo(40 * S);
  }

  @Test
  void theVenueSlightlyAheadMeansNothing() {
    clock.punctuate(at("r", 10, 0, 0));
    releaseAll(false);
    clock.sawVenue(29 * S, 500 * S);
    fire(100);
    clock.follow(true, false, 0, Source.SIMULATED);
    assertThat(state.watermarkUs).isEqualTo(10 * S);
  }

  @Test
  void theWallClockJudgesLiveEnginesOnly() {
    fire(10);
    clock.follow(true, false, 1_000 * S, Source.SIMULATED);
    assertThat(state.watermarkUs).isZero();
    clock.follow(true, false, 1_000 * S, Source.PAPER);
    assertThat(state.watermarkUs).isEqualTo(990 * S);
    assertThat(state.decidedIngestUs).isZero();
  }

  @Test
  void neverGoesBackAndWaitsForNoMoreThanItsBound() {
    for (int second = 10; second <= 1_000; second += 10) {
      clock.punctuate(at("r", second, second, 0));
    }
    assertThat(state.pendingEnd - state.pendingHead).isEqualTo(4);
    clock.sawStream(EngineStream.TICKS, "r", 1_000);
    releaseAll(false);
    assertThat(state.watermarkUs).isEqualTo(1_000 * S);
    clock.punctuate(at("r", 500, 1_000, 0));
    releaseAll(false);
    assertThat(state.watermarkUs).isEqualTo(1_000 * S);
  }

  @Test
  void heartbeatsWithinOneBucketCountOnce() {
    for (int second = 10; second < 20; second++) {
      clock.punctuate(at("r", second, second, 0));
    }
    assertThat(state.pendingEnd - state.pendingHead).isEqualTo(1);
  }
}
