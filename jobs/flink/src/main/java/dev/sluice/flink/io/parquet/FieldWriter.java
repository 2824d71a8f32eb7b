// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import org.apache.parquet.io.api.RecordConsumer;

/** Writes what one component of a record contributes to a row; nothing when it is null. */
@FunctionalInterface
interface FieldWriter {
  void write(Object owner, RecordConsumer out);
}
