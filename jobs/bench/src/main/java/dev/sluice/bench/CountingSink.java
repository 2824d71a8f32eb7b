// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.util.function.SerializableFunction;

/** Forgets its input but for how many events it stands for; the sum is seen by the whole JVM. */
final class CountingSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  /** Events so far; one job at a time. */
  static final AtomicLong EVENTS = new AtomicLong();

  private final SerializableFunction<T, Long> weight;

  CountingSink(SerializableFunction<T, Long> weight) {
    this.weight = weight;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(weight);
  }

  private record Writer<T>(SerializableFunction<T, Long> weight) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      long events = weight.apply(element);
      if (events > 0) {
        EVENTS.addAndGet(events);
      }
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
