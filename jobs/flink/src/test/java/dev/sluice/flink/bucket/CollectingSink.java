// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Collects a stream in this JVM, for tests on a local cluster. */
final class CollectingSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<Object>> ALL = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  CollectingSink() {
    ALL.put(id, Collections.synchronizedList(new ArrayList<>()));
  }

  /** What has come so far. */
  @SuppressWarnings("unchecked")
  List<T> collected() {
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
