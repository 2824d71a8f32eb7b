// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** What a reader says of a group's fields, said to a writer. */
final class FieldCopy extends GroupConverter {
  private static final int NONE = -1;

  private final GroupType type;
  private final RecordConsumer out;
  private final Converter[] fields;
  private final Runnable before;
  private final Runnable after;
  private int begun = NONE;

  private FieldCopy(GroupType type, RecordConsumer out, Runnable before, Runnable after) {
    this.type = type;
    this.out = out;
    this.before = before;
    this.after = after;
    this.fields = new Converter[type.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      int index = i;
      Type field = type.getType(i);
      fields[i] =
          field.isPrimitive()
              ? new Value(() -> begin(index), out)
              : new FieldCopy(
                  field.asGroupType(),
                  out,
                  () -> {
                    begin(index);
                    out.startGroup();
                  },
                  out::endGroup);
    }
  }

  /** Copies whole rows. */
  static GroupConverter message(GroupType schema, RecordConsumer out) {
    return new FieldCopy(schema, out, out::startMessage, out::endMessage);
  }

  @Override
  public Converter getConverter(int fieldIndex) {
    return fields[fieldIndex];
  }

  @Override
  public void start() {
    before.run();
  }

  @Override
  public void end() {
    endField();
    after.run();
  }

  /** The values of a repeated field follow each other in one field. */
  private void begin(int index) {
    if (begun != index) {
      endField();
      out.startField(type.getFieldName(index), index);
      begun = index;
    }
  }

  private void endField() {
    if (begun != NONE) {
      out.endField(type.getFieldName(begun), begun);
      begun = NONE;
    }
  }

  private static final class Value extends PrimitiveConverter {
    private final Runnable begin;
    private final RecordConsumer out;

    Value(Runnable begin, RecordConsumer out) {
      this.begin = begin;
      this.out = out;
    }

    @Override
    public void addBinary(Binary value) {
      begin.run();
      out.addBinary(value);
    }

    @Override
    public void addBoolean(boolean value) {
      begin.run();
      out.addBoolean(value);
    }

    @Override
    public void addDouble(double value) {
      begin.run();
      out.addDouble(value);
    }

    @Override
    public void addFloat(float value) {
      begin.run();
      out.addFloat(value);
    }

    @Override
    public void addInt(int value) {
      begin.run();
      out.addInteger(value);
    }

    @Override
    public void addLong(long value) {
      begin.run();
      out.addLong(value);
    }
  }
}
