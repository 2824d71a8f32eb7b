// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.ArchivedEvent;
import org.apache.flink.api.connector.sink2.Sink;

/** Where the rows go. */
public interface DatasetSinks {
  /** The sink of a dataset of raw events. */
  <T extends Record> Sink<ArchivedEvent<T>> events(Dataset<T> dataset);

  /** The sink of a dataset of judgements. */
  <T extends Record> Sink<T> rows(Dataset<T> dataset);
}
