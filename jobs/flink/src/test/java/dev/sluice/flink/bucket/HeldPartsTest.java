// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.Trade;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What waits beside the source and for how long, told in periods of the flush timer. */
class HeldPartsTest {
  private static final BucketSettings SETTINGS =
      BucketSettings.defaults().withRoster(List.of("mm-1"), Source.SIMULATED);
  private static final long START_US = EngineScript.START_US;

  private final List<EngineUpdate> updates = new ArrayList<>();
  private final PartialBuckets partials = new PartialBuckets(SETTINGS, new Updates());

  private static long us(double second) {
    return START_US + (long) (second * 1_000_000);
  }

  /**
   * How many periods pass before something is handed on, without a word of the source; at most 20.
   */
  private int periodsUntilHandedOn() {
    for (int period = 1; period <= 20; period++) {
      partials.flushDue();
      if (!updates.isEmpty()) {
        return period;
      }
    }
    return 20;
  }

  /** Gives what the script says, of which the last records are still held. */
  private void give(EngineScript script, int last) {
    List<RawRecord> all = script.asAppended();
    all.subList(0, all.size() - last).forEach(partials::add);
    partials.flush();
    updates.clear();
    all.subList(all.size() - last, all.size()).forEach(partials::add);
    assertThat(updates).isEmpty();
  }

  @Test
  void inABacklogPartsOfAnEngineThatDeclaresWaitForItsHeartbeat() {
    EngineScript script = new EngineScript("mm-1", 1).health(us(0)).tick(us(1)).tick(us(2));
    give(script, 2);

    assertThat(periodsUntilHandedOn()).as("never").isEqualTo(20);
    assertThat(updates).isEmpty();
    List<RawRecord> all = script.health(us(3)).asAppended();
    partials.add(all.get(all.size() - 1));
    assertThat(periodsUntilHandedOn()).isEqualTo(1);
    assertThat(updates.get(0).lastEventUs()).isEqualTo(us(3));
  }

  @Test
  void beforeTheSourcesWordTheyGoWellBelowTheTimeThatMakesItQuiet() {
    give(new EngineScript("mm-1", 1).health(us(0)).tick(us(1)).tick(us(2)), 2);

    for (int period = 1; period < SETTINGS.holdFirings(); period++) {
      partials.flushDue();
      partials.flushBeforeWord();
      assertThat(updates).as("period %d", period).isEmpty();
    }
    partials.flushDue();
    assertThat(updates).isEmpty();
    partials.flushBeforeWord();
    assertThat(updates.get(0).lastEventUs()).isEqualTo(us(2));
    assertThat(SETTINGS.holdFirings() * SETTINGS.flushMs() * 2).isEqualTo(SETTINGS.quietMs());
  }

  @Test
  void whatSomebodyMayWaitForGoesBeforeEachWord() {
    give(new EngineScript("mm-1", 1).tick(us(1)).tick(us(2)), 1);

    partials.flushBeforeWord();
    assertThat(updates).hasSize(1);
  }

  @Test
  void withoutAHeartbeatTheyGoAtOnce() {
    give(new EngineScript("mm-1", 1).tick(us(1)).tick(us(2)), 1);

    assertThat(periodsUntilHandedOn()).isEqualTo(1);
  }

  @Test
  void withoutARecentHeartbeatTheyGoAtOnce() {
    give(new EngineScript("mm-1", 1).health(us(0)).tick(us(9)).tick(us(10.5)), 1);

    assertThat(periodsUntilHandedOn()).isEqualTo(1);
  }

  @Test
  void withTheVenuesWordTheyGoAtOnce() {
    give(new EngineScript("mm-1", 1).health(us(0)).tick(us(1)).ledger(us(2)), 2);

    assertThat(periodsUntilHandedOn()).isEqualTo(1);
  }

  @Test
  void aHeartbeatThatMissesSomethingGoesAtOnce() {
    EngineScript script = new EngineScript("mm-1", 1).health(us(0)).tick(us(1)).loseTicks(1);
    give(script.health(us(2)), 1);

    assertThat(periodsUntilHandedOn()).isEqualTo(1);
  }

  @Test
  void whatAHeartbeatHasDeclaredWaitsForTheLastOfItOrTheSourcesWord() {
    EngineScript script = new EngineScript("mm-1", 1).health(us(0)).tick(us(1)).tick(us(2));
    List<RawRecord> all = script.tick(us(2.4)).tick(us(2.8)).health(us(3)).asAppended();
    RawRecord heartbeat = all.get(5); // its topic is read ahead of the ticks
    List.of(all.get(0), all.get(1), heartbeat).forEach(partials::add);
    partials.flush();
    updates.clear();

    partials.add(all.get(2));
    assertThat(periodsUntilHandedOn()).as("in a backlog").isEqualTo(20);
    assertThat(updates).isEmpty();
    partials.flushBeforeWord();
    assertThat(updates).hasSize(1);
    partials.add(all.get(3));
    assertThat(updates).hasSize(1);
    partials.add(all.get(4));
    assertThat(updates).as("all is here").hasSize(2);
  }

  @Test
  void theFlushTimerAtAnyTimeChangesNothing() {
    EngineScript script = new EngineScript("mm-1", 3).trade(0, 300).health(us(300));
    List<RawRecord> records = script.asAppended();
    LocalBuckets expected = new LocalBuckets(SETTINGS).addAll(records).end();
    Random random = new Random(5);
    LocalBuckets timed = new LocalBuckets(SETTINGS);
    for (RawRecord raw : records) {
      timed.partials.add(raw);
      if (random.nextInt(3) == 0) {
        timed.partials.flushDue();
        timed.fire(1);
      }
    }

    assertThat(timed.end().buckets)
        .usingRecursiveComparison()
        .ignoringFields("closedIngestUs")
        .isEqualTo(expected.buckets);
    assertThat(timed.count(InputFault.LATE)).isZero();
  }

  private final class Updates implements PartialOutput {
    @Override
    public void update(EngineUpdate update) {
      updates.add(update);
    }

    @Override
    public void health(Health health, long ingestUs) {}

    @Override
    public void mark(Mark mark) {}

    @Override
    public void trade(Trade trade) {}

    @Override
    public void deadLetter(DeadLetter letter) {
      throw new AssertionError(letter.reason());
    }

    @Override
    public void count(InputFault fault, long times) {}
  }
}
