// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import java.io.Serializable;

/** Gives the time of a record by which it is filed. */
@FunctionalInterface
public interface RecordTime<T> extends Serializable {
  /** Epoch microseconds UTC. */
  long us(T message);
}
