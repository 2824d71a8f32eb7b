// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Order;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The readers of whole records against the plain codec, from the golden examples. */
class RecordReadersTest {
  private static final OrderRecordReader ORDERS = new OrderRecordReader();
  private static final FillRecordReader FILLS = new FillRecordReader();
  private static final DropCopyReader COPIES = new DropCopyReader();

  private interface Reader {
    Object read(byte[] bytes) throws MalformedException;
  }

  @Test
  void wholeRecordsReadAsThePlainCodecReadsThem() throws Exception {
    assertThat(ORDERS.read(golden("order"))).isEqualTo(Json.read(golden("order"), Order.class));
    assertThat(FILLS.read(golden("fill"))).isEqualTo(Json.read(golden("fill"), Fill.class));
    assertThat(COPIES.read(golden("dropcopy")))
        .isEqualTo(Json.read(golden("dropcopy"), DropCopy.class));
  }

  @Test
  void absentAndNullFieldsAreTakenAsThePlainCodecTakesThem() throws Exception {
    everyField("order", Order.class, ORDERS::read);
    everyField("fill", Fill.class, FILLS::read);
    everyField("dropcopy", DropCopy.class, COPIES::read);
  }

  @Test
  void brokenBytesAreMalformedAndNeverAnythingElse() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 3_000; round++) {
      attempt(ORDERS::read, broken(golden("order"), random));
      attempt(FILLS::read, broken(golden("fill"), random));
      attempt(COPIES::read, broken(golden("dropcopy"), random));
    }
  }

  private static <T extends Record> void everyField(String name, Class<T> type, Reader reader)
      throws IOException {
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(golden(name));
    List<String> fields = new ArrayList<>();
    tree.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      ObjectNode without = tree.deepCopy();
      without.remove(field);
      byte[] absent = Json.mapper().writeValueAsBytes(without);
      assertThat(attempt(reader, absent))
          .as("%s without %s", name, field)
          .isEqualTo(attempt(bytes -> Json.read(bytes, type), absent));
      without.putNull(field);
      byte[] isNull = Json.mapper().writeValueAsBytes(without);
      assertThat(attempt(reader, isNull))
          .as("%s with null %s", name, field)
          .isEqualTo(attempt(bytes -> Json.read(bytes, type), isNull));
    }
  }

  private static Object attempt(Reader reader, byte[] bytes) {
    try {
      return reader.read(bytes);
    } catch (MalformedException e) {
      return "malformed";
    }
  }

  private static byte[] broken(byte[] good, Random random) {
    byte[] broken = good.clone();
    for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
    }
    return java.util.Arrays.copyOf(broken, random.nextInt(broken.length + 1));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        RecordReadersTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      return in.readAllBytes();
    }
  }
}
