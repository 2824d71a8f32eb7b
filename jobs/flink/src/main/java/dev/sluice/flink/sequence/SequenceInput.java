// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.BucketWord;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Nullable;

/**
 * One input of an engine's sequence: a message, a closed bucket's word, or neither where a record
 * was read and refused.
 *
 * @param seenAt offset of a record that was refused
 */
public record SequenceInput(
    String engineId,
    @Nullable EngineEvent message,
    @Nullable BucketWord bucket,
    @Nullable InputRange seenAt) {

  static SequenceInput of(EngineEvent message) {
    return new SequenceInput(message.engineId(), message, null, null);
  }

  static SequenceInput of(BucketWord bucket) {
    return new SequenceInput(bucket.engineId(), null, bucket, null);
  }

  static SequenceInput refused(String engineId, InputRange at) {
    return new SequenceInput(engineId, null, null, at);
  }
}
