// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads rows as records of one class, from those columns alone that the class has. */
final class RecordReadSupport<T extends Record> extends ReadSupport<T> {
  private final Class<T> type;

  RecordReadSupport(Class<T> type) {
    this.type = type;
  }

  @Override
  public ReadContext init(InitContext context) {
    MessageType file = context.getFileSchema();
    List<Type> wanted = new ArrayList<>();
    for (String name : Converters.RowConverter.columns(type)) {
      if (file.containsField(name)) {
        wanted.add(file.getType(name));
      }
    }
    return new ReadContext(new MessageType(file.getName(), wanted));
  }

  @Override
  public RecordMaterializer<T> prepareForRead(
      ParquetConfiguration configuration,
      Map<String, String> metadata,
      MessageType file,
      ReadContext context) {
    return new Materializer<>(type, context.getRequestedSchema());
  }

  @Override
  @Deprecated
  public RecordMaterializer<T> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType file,
      ReadContext context) {
    throw new UnsupportedOperationException("read without Hadoop's configuration");
  }

  private static final class Materializer<T extends Record> extends RecordMaterializer<T> {
    private final GroupConverter root;
    private T record;

    Materializer(Class<T> type, MessageType columns) {
      root = new Converters.RowConverter(columns, type, made -> record = type.cast(made));
    }

    @Override
    public T getCurrentRecord() {
      return record;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
