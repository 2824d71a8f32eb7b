// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.sequence.SequenceCount;
import dev.sluice.schemas.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Shell of {@link MessageReader}, chained to the source. */
final class ReadMessagesFunction extends ProcessFunction<RawRecord, SequenceInput> {
  private static final long serialVersionUID = 1L;

  private final SequenceSettings settings;
  private final OutputTag<DeadLetter> deadLetters;
  private transient MessageReader reader;
  private transient Context context;
  private transient Collector<SequenceInput> out;

  ReadMessagesFunction(SequenceSettings settings, OutputTag<DeadLetter> deadLetters) {
    this.settings = settings;
    this.deadLetters = deadLetters;
  }

  @Override
  public void open(OpenContext openContext) {
    SequenceCounters counters = new SequenceCounters(getRuntimeContext().getMetricGroup());
    reader =
        new MessageReader(
            settings,
            new MessageReader.Output() {
              @Override
              public void input(SequenceInput input) {
                out.collect(input);
              }

              @Override
              public void deadLetter(DeadLetter letter) {
                context.output(deadLetters, letter);
              }

              @Override
              public void count(SequenceCount what) {
                counters.count(what, 1);
              }
            });
  }

  @Override
  public void processElement(RawRecord raw, Context current, Collector<SequenceInput> collector) {
    if (MessageReader.sequenced(raw.topic())) {
      context = current;
      out = collector;
      reader.read(raw);
    }
  }
}
