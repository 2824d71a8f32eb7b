// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.OutputTag;

/**
 * Shell of {@link BucketMergeFunction} that gives it the pulse of the readers: Flink's watermark,
 * the least of all inputs, so it stands still while any reader, or its way here, does. The pulse
 * ends here; of event time only its end is handed on.
 */
final class BucketMergeOperator extends KeyedProcessOperator<String, EngineUpdate, Bucket> {
  private static final long serialVersionUID = 1L;

  private final BucketMergeFunction function;

  BucketMergeOperator(
      BucketSettings settings, OutputTag<Bucket> amendments, OutputTag<DeadLetter> deadLetters) {
    this(new BucketMergeFunction(settings, amendments, deadLetters));
  }

  private BucketMergeOperator(BucketMergeFunction function) {
    super(function);
    this.function = function;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() == Watermark.MAX_WATERMARK.getTimestamp()) {
      super.processWatermark(mark);
    } else {
      function.pulse(mark.getTimestamp());
    }
  }
}
