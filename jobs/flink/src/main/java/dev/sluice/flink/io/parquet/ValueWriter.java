// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import org.apache.parquet.io.api.RecordConsumer;

/** Writes one value that is not null, inside a field already begun. */
@FunctionalInterface
interface ValueWriter {
  void write(Object value, RecordConsumer out);
}
