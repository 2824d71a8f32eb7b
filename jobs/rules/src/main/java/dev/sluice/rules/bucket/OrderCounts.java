// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.codec.OrderView;

/** The order part of a bucket under construction. */
final class OrderCounts {
  long intended;
  long submitted;
  long acked;
  long rejected;
  long filled;
  long cancelled;
  long expired;
  long unknown;
  long filledIntents;
  final LatencyBins ageUs = new LatencyBins();

  void add(OrderView order) {
    switch (order.state) {
      case INTENDED -> intended++;
      case SUBMITTED -> submitted++;
      case ACKED -> acked++;
      case REJECTED -> rejected++;
      case FILLED -> filled++;
      case CANCELLED -> cancelled++;
      case EXPIRED -> expired++;
      case UNKNOWN -> unknown++;
      case PARTIALLY_FILLED, CANCEL_REQUESTED -> {}
    }
    if (order.state.terminal()) {
      if (order.cumQty > 0) {
        filledIntents++;
      }
      if (order.submittedAtUs > 0) {
        ageUs.recordMs((order.eventTimeUs - order.submittedAtUs) / 1000.0);
      }
    }
  }

  void merge(Bucket other) {
    intended += other.ordersIntended();
    submitted += other.ordersSubmitted();
    acked += other.ordersAcked();
    rejected += other.ordersRejected();
    filled += other.ordersFilled();
    cancelled += other.ordersCancelled();
    expired += other.ordersExpired();
    unknown += other.ordersUnknown();
    filledIntents += other.filledIntents();
    ageUs.addEncoded(other.orderAgeUsHistogram());
  }

  void clear() {
    intended = 0;
    submitted = 0;
    acked = 0;
    rejected = 0;
    filled = 0;
    cancelled = 0;
    expired = 0;
    unknown = 0;
    filledIntents = 0;
    ageUs.clear();
  }
}
