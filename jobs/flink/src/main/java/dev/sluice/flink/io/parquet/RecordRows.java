// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.util.Map;
import org.apache.parquet.schema.MessageType;

/**
 * How records of one class become the rows of a dataset.
 *
 * @param metadata of each file
 */
record RecordRows(MessageType schema, Map<String, String> metadata, RecordColumns columns) {
  /** Derives it; the accessors it compiles are worth keeping. */
  static RecordRows of(String dataset, Class<? extends Record> type, boolean events) {
    RecordColumns columns = events ? RecordColumns.ofEvents(type) : RecordColumns.of(type);
    return new RecordRows(
        new MessageType(dataset, columns.types()),
        FileMetadata.of(dataset, type, columns),
        columns);
  }
}
