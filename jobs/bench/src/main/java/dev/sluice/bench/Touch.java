// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.codec.MalformedException;
import dev.sluice.schemas.codec.TickReader;
import dev.sluice.schemas.codec.TickView;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes each record from the source, reads it if told to, and says so every thousand. */
final class Touch extends ProcessFunction<RawRecord, Long> {
  private static final long serialVersionUID = 1L;
  private static final long SAY_EVERY = 1_000;

  private final boolean parse;
  private transient TickReader reader;
  private transient TickView tick;
  private long untold;

  Touch(boolean parse) {
    this.parse = parse;
  }

  @Override
  public void open(OpenContext context) {
    reader = new TickReader();
    tick = new TickView();
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Long> out)
      throws MalformedException {
    if (parse) {
      reader.read(raw.value(), tick);
    }
    if (++untold == SAY_EVERY) {
      out.collect(untold);
      untold = 0;
    }
  }
}
