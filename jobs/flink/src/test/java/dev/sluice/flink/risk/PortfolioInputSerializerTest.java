// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class PortfolioInputSerializerTest {
  private final TypeSerializer<PortfolioInput> serializer =
      new PortfolioInputType().createSerializer(new SerializerConfigImpl());

  @Test
  void whatIsWrittenIsReadAgainWhateverItIs() throws IOException {
    List<PortfolioInput> inputs = RiskInputs.eventful();
    assertThat(inputs).anyMatch(input -> input.bucket() != null);
    assertThat(inputs).anyMatch(input -> input.event() != null && input.event().mark() != null);
    assertThat(inputs).anyMatch(input -> input.event() != null && input.event().trade() != null);
    DataOutputSerializer written = new DataOutputSerializer(1 << 16);
    for (PortfolioInput input : inputs) {
      serializer.serialize(input, written);
    }
    DataOutputSerializer copied = new DataOutputSerializer(1 << 16);
    DataInputDeserializer source = new DataInputDeserializer(written.getCopyOfBuffer());
    while (source.available() > 0) {
      serializer.copy(source, copied);
    }

    List<PortfolioInput> read = new ArrayList<>();
    DataInputDeserializer again = new DataInputDeserializer(copied.getCopyOfBuffer());
    while (again.available() > 0) {
      read.add(serializer.deserialize(again));
    }

    assertThat(read).isEqualTo(inputs);
  }

  @Test
  void stateMayNotBeKeptInIt() {
    assertThatThrownBy(serializer::snapshotConfiguration).hasMessageContaining("never state");
  }
}
