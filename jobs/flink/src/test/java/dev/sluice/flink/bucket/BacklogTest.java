// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.bucket.EngineScript.Kind;
import dev.sluice.schemas.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Heartbeats are read ahead of ticks that stand behind many others in their partition. */
class BacklogTest {
  private static final int ROUNDS = 30;
  private static final int FIRINGS_PER_ROUND = 5; // of ten that make a stream quiet

  private final LocalBuckets judge = new LocalBuckets(BucketSettings.defaults());
  private final EngineScript other = new EngineScript("mm-2", 2).trade(0, 60);
  private final EngineScript script = new EngineScript("mm-1", 1).trade(0, 30).health(us(30));
  private final List<RawRecord> ticks = script.topics.get(Kind.TICK);
  private final int read = ticks.size() / 3;

  private static long us(double second) {
    return EngineScript.START_US + (long) (second * 1_000_000);
  }

  /** Everything of the engine but two thirds of its ticks. */
  private void readAhead() {
    judge.addAll(ticks.subList(0, read));
    script.topics.forEach(
        (kind, records) -> {
          if (kind != Kind.TICK) {
            judge.addAll(records);
          }
        });
    judge.flush();
  }

  private void round(RawRecord raw) {
    judge.partials.add(raw);
    judge.partials.flushDue();
    judge.fire(FIRINGS_PER_ROUND);
  }

  private void readTheRest() {
    judge.addAll(ticks.subList(read, ticks.size())).end();
    assertThat(judge.whole("mm-1").stream().mapToLong(Bucket::ticks).sum()).isEqualTo(ticks.size());
    assertThat(judge.count(InputFault.LATE)).isZero();
  }

  @Test
  void aStreamThatBringsDuplicatesIsNotQuiet() {
    readAhead();
    for (int round = 0; round < ROUNDS; round++) {
      round(ticks.get(round % read));
    }

    readTheRest();
    assertThat(judge.count(InputFault.DUPLICATES)).isEqualTo(ROUNDS);
  }

  @Test
  void norIsOneBehindAnothersRecordsThatWereAppendedEarlier() {
    readAhead();
    other.topics.get(Kind.TICK).subList(0, ROUNDS).forEach(this::round);

    readTheRest();
  }

  @Test
  void whatIsLostIsGivenUpThoughOthersGoOn() {
    readAhead();
    List<RawRecord> later = other.topics.get(Kind.TICK);
    later.subList(later.size() - ROUNDS, later.size()).forEach(this::round);

    assertThat(judge.whole("mm-1")).hasSizeGreaterThan(1);
  }
}
