// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import java.io.Serializable;

/** Gives the engine a record is about. */
@FunctionalInterface
public interface RecordEngine<T> extends Serializable {
  /** Its id as the record has it; null when the record is about none, or about several. */
  String id(T message);
}
