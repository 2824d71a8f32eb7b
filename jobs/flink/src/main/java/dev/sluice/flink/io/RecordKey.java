// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.io.Serializable;

/** Gives the Kafka key of a message. */
@FunctionalInterface
public interface RecordKey<T> extends Serializable {
  /** The key, never null. */
  String of(T message);
}
