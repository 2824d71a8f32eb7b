// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import java.util.List;

/** The open buckets of one engine by start; a port, so that the merger needs no Flink. */
interface OpenBuckets {
  OpenStart get(long startUs);

  void put(long startUs, OpenStart open);

  void remove(long startUs);

  /** All starts, ascending; may be slow. */
  List<Long> starts();
}
