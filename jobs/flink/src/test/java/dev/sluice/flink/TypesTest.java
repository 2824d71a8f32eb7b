// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.dataset.Dataset;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.schemas.Lease;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything on a stream is a type Flink knows by its fields; nothing falls to Kryo. */
class TypesTest {
  static List<Class<? extends Record>> types() {
    List<Class<? extends Record>> types = new ArrayList<>();
    for (Dataset<?> dataset : Datasets.ALL) {
      types.add(dataset.type());
    }
    types.add(Lease.class);
    types.add(RawRecord.class);
    return types;
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyRecordIsAPojoWithoutGenericParts(Class<? extends Record> type) {
    TypeInformation<? extends Record> information = TypeInformation.of(type);

    assertThat(information).isInstanceOf(PojoTypeInfo.class);
    assertThat(serializer(information)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyRecordSurvivesSerialisation(Class<? extends Record> type) throws Exception {
    roundTrip(type, new RecordGenerator(11));
  }

  private static <T extends Record> void roundTrip(Class<T> type, RecordGenerator generator)
      throws Exception {
    TypeSerializer<T> serializer = serializer(TypeInformation.of(type));
    for (int i = 0; i < 20; i++) {
      T record = generator.next(type);
      DataOutputSerializer out = new DataOutputSerializer(256);
      serializer.serialize(record, out);
      T read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

      assertThat(read).usingRecursiveComparison().isEqualTo(record);
    }
  }

  /** Fails where a part would fall to Kryo. */
  private static <T> TypeSerializer<T> serializer(TypeInformation<T> information) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    return information.createSerializer(new SerializerConfigImpl(configuration));
  }
}
