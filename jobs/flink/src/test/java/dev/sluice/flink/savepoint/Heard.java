// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.savepoint;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** A sink without state that keeps what it hears for the test of this JVM. */
final class Heard<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<Object>> ALL = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  Heard() {
    ALL.put(id, new CopyOnWriteArrayList<>());
  }

  @SuppressWarnings("unchecked")
  List<T> all() {
    return (List<T>) List.copyOf(ALL.get(id));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(ALL.get(id));
  }

  private record Writer<T>(List<Object> into) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      into.add(element);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
