// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * State that an older build has written, of a class that has grown since: both builds of it are
 * compiled here, under one name, each in a class loader of its own.
 */
class AdditiveEvolutionTest {
  @TempDir Path dir;

  @Test
  void aComponentThatARecordHasGrownIsNullOrZeroAndTheOthersAreKept() throws Exception {
    Object restored =
        restored(
            "public record Kept(String name, long count) {}",
            "public record Kept(String name, Double limit, long count, int times) {}",
            before -> before.getConstructors()[0].newInstance("hold", 7L));

    assertThat(restored.toString()).isEqualTo("Kept[name=hold, limit=null, count=7, times=0]");
  }

  @Test
  void aFieldThatAStateClassHasGrownIsWhatItsConstructorSays() throws Exception {
    Object restored =
        restored(
            "public final class Kept { public long sinceUs; public Kept() {} }",
            "public final class Kept { public long sinceUs; public String why; public int times;"
                + " public String[] all = {}; public Kept() {} }",
            before -> {
              Object state = before.getConstructor().newInstance();
              before.getField("sinceUs").setLong(state, 5);
              return state;
            });

    Class<?> type = restored.getClass();
    assertThat(type.getField("sinceUs").getLong(restored)).isEqualTo(5);
    assertThat(type.getField("why").get(restored)).isNull();
    assertThat(type.getField("times").getInt(restored)).isZero();
    assertThat((String[]) type.getField("all").get(restored)).isEmpty();
  }

  @FunctionalInterface
  private interface Maker {
    Object make(Class<?> type) throws Exception;
  }

  /** Writes one object by the older class and reads it by the newer, as a restore does. */
  private Object restored(String older, String newer, Maker maker) throws Exception {
    Class<?> before = compiled("older", older);
    Class<?> after = compiled("newer", newer);
    TypeSerializer<Object> writer = serializer(before);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputViewStreamWrapper out = new DataOutputViewStreamWrapper(bytes);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, writer.snapshotConfiguration());
    writer.serialize(maker.make(before), out);

    DataInputViewStreamWrapper in =
        new DataInputViewStreamWrapper(new ByteArrayInputStream(bytes.toByteArray()));
    TypeSerializerSnapshot<Object> written =
        TypeSerializerSnapshot.readVersionedSnapshot(in, after.getClassLoader());
    assertThat(
            serializer(after)
                .snapshotConfiguration()
                .resolveSchemaCompatibility(written)
                .isCompatibleAfterMigration())
        .isTrue();
    Object restored = written.restoreSerializer().deserialize(in);
    assertThat(restored).isInstanceOf(after);
    return restored;
  }

  @SuppressWarnings("unchecked")
  private static TypeSerializer<Object> serializer(Class<?> type) {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    return ((TypeInformation<Object>) TypeInformation.of(type)).createSerializer(strict);
  }

  private Class<?> compiled(String build, String source) throws Exception {
    Path directory = Files.createDirectories(dir.resolve(build));
    Path file = Files.writeString(directory.resolve("Kept.java"), source);
    int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, file.toString());
    assertThat(failed).isZero();
    return new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())
        .loadClass("Kept");
  }
}
