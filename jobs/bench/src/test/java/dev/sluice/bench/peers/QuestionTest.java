// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.peers.Question.Criterion;
import dev.sluice.rules.bucket.LatencyBins;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What peers share says the same as our own rules. */
class QuestionTest {
  private static final String ENGINE = "mm-1";

  @Test
  void aBucketChangedInPlaceCountsAsOurBinsDo() {
    Random random = new Random(7);
    OpenBucket one = new OpenBucket();
    OpenBucket other = new OpenBucket();
    LatencyBins bins = new LatencyBins();
    long misses = 0;
    for (int i = 0; i < 10_000; i++) {
      double totalMs = Math.exp(random.nextGaussian() * 3);
      boolean missed = random.nextInt(10) == 0;
      misses += missed ? 1 : 0;
      bins.recordMs(totalMs);
      (i % 2 == 0 ? one : other).add(totalMs, missed, true, i % 4 == 0);
    }

    one.add(new OpenBucket(other.bytes().clone()));
    ClosedBucket closed = one.close(20 * Question.BUCKET_US);

    assertThat(closed.ticks()).isEqualTo(10_000);
    assertThat(closed.deadlineMisses()).isEqualTo(misses);
    assertThat(closed.cacheLookups()).isEqualTo(10_000);
    assertThat(closed.cacheHits()).isEqualTo(2_500);
    assertThat(closed.totalUsHistogram()).isEqualTo(bins.encode());
  }

  @Test
  void closedBucketsAreWrittenAndReadAndForgottenAfterTheLongestWindow() {
    List<ClosedBucket> buckets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      OpenBucket open = new OpenBucket();
      open.add(i + 1.0, i % 3 == 0, true, false);
      ClosedBucket.append(buckets, open.close(i * Question.BUCKET_US));
    }

    List<ClosedBucket> read = ClosedBucket.read(ClosedBucket.write(buckets));

    assertThat(read).hasSize(Question.MAX_BUCKETS);
    assertThat(read).usingRecursiveComparison().isEqualTo(buckets);
    assertThat(read.get(0).startUs()).isEqualTo(10 * Question.BUCKET_US);
    assertThat(ClosedBucket.read(null)).isEmpty();
  }

  @Test
  void windowsHoldTheirOwnBucketsOnly() {
    List<ClosedBucket> buckets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      OpenBucket open = new OpenBucket();
      for (int tick = 0; tick < 100; tick++) {
        // all of the first four buckets miss and hit: they are not in the minute of the last six
        open.add(5, i < 4 || tick < 10, true, i < 4 || tick < 70);
      }
      ClosedBucket.append(buckets, open.close(i * Question.BUCKET_US));
    }
    long endUs = 10 * Question.BUCKET_US;

    assertThat(Question.answers(ENGINE, endUs, buckets))
        .containsExactly(
            new Answer(ENGINE, endUs, "deadline-miss-ratio", "BREACH", 0.1),
            new Answer(ENGINE, endUs, "cache-hit-ratio", "BREACH", 0.7),
            new Answer(ENGINE, endUs, "tick-total-p95-ms", "NO_DATA", Double.NaN));
  }

  @Test
  void aValueAtTheLimitPassesAndTooFewSamplesAreNoData() {
    assertThat(Criterion.DEADLINE_MISS.answer(ENGINE, 0, 0.05, 60).outcome()).isEqualTo("PASS");
    assertThat(Criterion.DEADLINE_MISS.answer(ENGINE, 0, 0.051, 60).outcome()).isEqualTo("BREACH");
    assertThat(Criterion.DEADLINE_MISS.answer(ENGINE, 0, 0.051, 59).outcome()).isEqualTo("NO_DATA");
    assertThat(Criterion.CACHE_HIT.answer(ENGINE, 0, 0.8, 60).outcome()).isEqualTo("PASS");
    assertThat(Criterion.CACHE_HIT.answer(ENGINE, 0, Double.NaN, 60).outcome())
        .isEqualTo("NO_DATA");
  }

  @Test
  void ourCriteriaFileAsksTheSame() {
    List<CriterionSpec> specs = CriteriaYaml.parse("question.yaml", Question.yaml());

    assertThat(specs).hasSize(Criterion.values().length);
    for (Criterion criterion : Criterion.values()) {
      CriterionSpec spec = specs.get(criterion.ordinal());
      assertThat(spec.id()).isEqualTo(criterion.id());
      assertThat(spec.overMs()).isEqualTo(criterion.buckets() * Question.BUCKET_US / 1_000);
      assertThat(spec.minSamples()).isEqualTo(criterion.minSamples());
      assertThat(spec.breach().holds(criterion.limit())).isFalse();
      double beyond = criterion.limit() * (criterion.highIsBad() ? 1.001 : 0.999);
      assertThat(spec.breach().holds(beyond)).isTrue();
    }
  }
}
