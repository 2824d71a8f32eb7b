// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import dev.sluice.rules.risk.Mark;
import dev.sluice.rules.risk.RiskEvent;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes marks by hand and everything else by Flink's serializer of records, which works by
 * reflection: a mark comes with almost every tick, the rest now and then. For the network only.
 */
final class PortfolioInputSerializer extends TypeSerializer<PortfolioInput> {
  private static final long serialVersionUID = 1L;

  private final TypeSerializer<PortfolioInput> others;

  PortfolioInputSerializer(TypeSerializer<PortfolioInput> others) {
    this.others = others;
  }

  @Override
  public void serialize(PortfolioInput input, DataOutputView target) throws IOException {
    RiskEvent event = input.event();
    Mark mark = event == null ? null : event.mark();
    target.writeBoolean(mark != null);
    if (mark == null) {
      others.serialize(input, target);
      return;
    }
    StringValue.writeString(mark.engineId(), target);
    StringValue.writeString(mark.symbol(), target);
    target.writeDouble(mark.mid());
    target.writeLong(mark.eventTimeUs());
    target.writeLong(mark.ingestUs());
  }

  @Override
  public PortfolioInput deserialize(DataInputView source) throws IOException {
    if (!source.readBoolean()) {
      return others.deserialize(source);
    }
    return PortfolioInput.of(
        RiskEvent.of(
            new Mark(
                StringValue.readString(source),
                StringValue.readString(source),
                source.readDouble(),
                source.readLong(),
                source.readLong())));
  }

  @Override
  public PortfolioInput deserialize(PortfolioInput reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<PortfolioInput> duplicate() {
    return new PortfolioInputSerializer(others.duplicate());
  }

  @Override
  public PortfolioInput createInstance() {
    return new PortfolioInput(null, null, null);
  }

  @Override
  public PortfolioInput copy(PortfolioInput from) {
    return from;
  }

  @Override
  public PortfolioInput copy(PortfolioInput from, PortfolioInput reuse) {
    return from;
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public int getLength() {
    return -1;
  }

  /**
   * Refuses.
   *
   * @throws UnsupportedOperationException always: this form may change with each build
   */
  @Override
  public TypeSerializerSnapshot<PortfolioInput> snapshotConfiguration() {
    throw new UnsupportedOperationException("inputs of the portfolio's judge are never state");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PortfolioInputSerializer that && that.others.equals(others);
  }

  @Override
  public int hashCode() {
    return others.hashCode();
  }
}
