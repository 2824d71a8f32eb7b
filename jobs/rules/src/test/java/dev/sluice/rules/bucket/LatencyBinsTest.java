// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyBinsTest {

  private static double value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> random.nextInt(10) / 1000.0;
      case 2 -> 1e9;
      default -> Math.exp(random.nextGaussian() * 3 + 2);
    };
  }

  @Test
  void theEncodingIsTheLibrarysBitForBit() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      LatencyBins bins = new LatencyBins();
      Histogram library = LatencyHistogram.create();
      int count = random.nextInt(300);
      for (int i = 0; i < count; i++) {
        double ms = value(random);
        bins.recordMs(ms);
        LatencyHistogram.recordMs(library, ms);
      }
      assertThat(bins.encode()).isEqualTo(LatencyHistogram.encode(library));
    }
  }

  @Test
  void mergingEncodingsIsTheLibrarysMerge() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      LatencyBins merged = new LatencyBins();
      Histogram library = LatencyHistogram.create();
      for (int part = 0; part < 3; part++) {
        Histogram one = LatencyHistogram.create();
        for (int i = random.nextInt(50); i > 0; i--) {
          LatencyHistogram.recordMs(one, value(random));
        }
        merged.addEncoded(LatencyHistogram.encode(one));
        library.add(one);
      }
      assertThat(merged.encode()).isEqualTo(LatencyHistogram.encode(library));
    }
  }

  @Test
  void largeCountsSurvive() {
    Histogram library = LatencyHistogram.create();
    library.recordValueWithCount(1_234, 3_000_000_000L);
    library.recordValueWithCount(99, 1L << 40);
    LatencyBins bins = new LatencyBins();
    bins.recordMs(1);
    bins.addEncoded(LatencyHistogram.encode(library));
    library.recordValue(1_000);
    assertThat(bins.encode()).isEqualTo(LatencyHistogram.encode(library));
  }

  @Test
  void percentilesAreWithinOnePercent() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      double[] values = new double[1_000];
      LatencyBins bins = new LatencyBins();
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 + Math.exp(random.nextGaussian() + 3);
        bins.recordMs(values[i]);
      }
      Arrays.sort(values);
      Histogram decoded = LatencyHistogram.decode(bins.encode());
      for (double percentile : new double[] {50, 95, 99}) {
        double exact = values[(int) Math.ceil(percentile / 100 * values.length) - 1];
        assertThat(LatencyHistogram.percentileMs(decoded, percentile))
            .isCloseTo(exact, within(exact * 0.01));
      }
    }
  }

  @Test
  void percentilesAreTheLibrarysToo() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      LatencyBins bins = new LatencyBins();
      Histogram library = LatencyHistogram.create();
      for (int i = random.nextInt(200); i >= 0; i--) {
        double ms = value(random);
        bins.recordMs(ms);
        LatencyHistogram.recordMs(library, ms);
      }
      assertThat(bins.totalCount()).isEqualTo(library.getTotalCount());
      for (double percentile : new double[] {0, 1, 50, 90, 95, 99, 99.9, 100}) {
        assertThat(bins.percentileMs(percentile))
            .as("p%s of %d", percentile, bins.totalCount())
            .isEqualTo(LatencyHistogram.percentileMs(library, percentile));
      }
    }
    assertThat(new LatencyBins().percentileMs(50)).isNaN();
  }

  @Test
  void clearedBinsEncodeToNothing() {
    LatencyBins bins = new LatencyBins();
    bins.recordMs(5);
    bins.clear();
    assertThat(bins.encode()).isNull();
  }
}
