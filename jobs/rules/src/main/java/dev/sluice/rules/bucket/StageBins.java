// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.codec.TickView;

/** The latencies of a bucket under construction: the whole pass and its stages. */
final class StageBins {
  final LatencyBins totalUs = new LatencyBins();
  final LatencyBins fetchMdUs = new LatencyBins();
  final LatencyBins spreadUs = new LatencyBins();
  final LatencyBins guardsUs = new LatencyBins();
  final LatencyBins inventoryUs = new LatencyBins();
  final LatencyBins queueAwareUs = new LatencyBins();
  final LatencyBins emitUs = new LatencyBins();

  void add(TickView tick) {
    totalUs.recordMs(tick.totalMs);
    fetchMdUs.recordMs(tick.fetchMdMs);
    spreadUs.recordMs(tick.spreadMs);
    guardsUs.recordMs(tick.guardsMs);
    inventoryUs.recordMs(tick.inventoryMs);
    queueAwareUs.recordMs(tick.queueAwareMs);
    emitUs.recordMs(tick.emitMs);
  }

  void merge(Bucket other) {
    totalUs.addEncoded(other.totalUsHistogram());
    fetchMdUs.addEncoded(other.fetchMdUsHistogram());
    spreadUs.addEncoded(other.spreadUsHistogram());
    guardsUs.addEncoded(other.guardsUsHistogram());
    inventoryUs.addEncoded(other.inventoryUsHistogram());
    queueAwareUs.addEncoded(other.queueAwareUsHistogram());
    emitUs.addEncoded(other.emitUsHistogram());
  }

  void clear() {
    totalUs.clear();
    fetchMdUs.clear();
    spreadUs.clear();
    guardsUs.clear();
    inventoryUs.clear();
    queueAwareUs.clear();
    emitUs.clear();
  }
}
