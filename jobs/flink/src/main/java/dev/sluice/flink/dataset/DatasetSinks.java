// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.ArchivedEvent;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** Where the rows go: operators that write and send nothing on. */
public interface DatasetSinks {
  /** Writes a dataset of raw events. */
  <T extends Record> OneInputStreamOperator<ArchivedEvent<T>, Void> events(Dataset<T> dataset);

  /** Writes a dataset of judgements. */
  <T extends Record> OneInputStreamOperator<T, Void> rows(Dataset<T> dataset);
}
