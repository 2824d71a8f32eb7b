// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import dev.sluice.flink.DeadLetters;
import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads JSON of one topic; what cannot be read leaves by the side. Other topics are passed over.
 */
final class ReadMessage<T extends Record> extends ProcessFunction<RawRecord, T> {
  static final OutputTag<DeadLetter> UNREADABLE =
      new OutputTag<>("unreadable", TypeInformation.of(DeadLetter.class));
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final Class<T> type;
  private transient Counter unreadable;

  ReadMessage(String topic, Class<T> type) {
    this.topic = topic;
    this.type = type;
  }

  @Override
  public void open(OpenContext context) {
    unreadable = getRuntimeContext().getMetricGroup().counter("unreadable");
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<T> out) {
    if (!raw.topic().equals(topic)) {
      return;
    }
    T message;
    try {
      message = Json.read(raw.value(), type);
    } catch (MalformedException e) {
      unreadable.inc();
      context.output(UNREADABLE, DeadLetters.malformed(raw, e));
      return;
    }
    out.collect(message);
  }
}
