// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Tick;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A reader that has learned the order of fields, against one that has seen nothing yet and so asks
 * for each name: whatever comes, both say the same.
 */
class FieldOrderTest {
  private final Random random = new Random(3);
  private final TickReader learned = new TickReader();

  private static ObjectNode golden() throws IOException {
    try (InputStream in = FieldOrderTest.class.getResourceAsStream("/golden/tick.json")) {
      return (ObjectNode) Json.mapper().readTree(in);
    }
  }

  @Test
  void fieldsInAnyOrderReadAsThePlainCodecReadsThem() throws Exception {
    for (int round = 0; round < 500; round++) {
      ObjectNode tick = shuffled(golden());
      tick.set("stages", shuffled((ObjectNode) tick.get("stages")));
      tick.put("bid", random.nextInt(1_000_000) / Math.pow(10, random.nextInt(8)));
      tick.put("position", random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      if (random.nextBoolean()) {
        tick.remove(List.of("cache_hit", "cache_age_ms", "arm").subList(0, random.nextInt(4)));
      }
      if (random.nextInt(4) == 0) {
        tick.putObject("unknown_" + round).put("bid", 1);
      }
      byte[] bytes = Json.mapper().writeValueAsBytes(tick);
      TickView view = new TickView();
      learned.read(bytes, view);
      Tick plain = Json.read(bytes, Tick.class);
      assertThat(view.bid).isEqualTo(plain.bid());
      assertThat(view.position).isEqualTo(plain.position());
      assertThat(view.emitMs).isEqualTo(plain.stages().emitMs());
      assertThat(view.seq).isEqualTo(plain.seq());
      assertThat(view.cacheLookup).isEqualTo(plain.cacheHit() != null);
      assertSame(bytes);
    }
  }

  @Test
  void brokenBytesAreRefusedForTheSameReason() throws Exception {
    byte[] good = Json.mapper().writeValueAsBytes(golden());
    learned.read(good, new TickView());
    int refused = 0;
    for (int round = 0; round < 4_000; round++) {
      byte[] broken = good.clone();
      for (int hits = 1 + random.nextInt(2); hits > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
      }
      refused += assertSame(broken) ? 0 : 1;
      learned.read(good, new TickView());
    }
    assertThat(refused).isBetween(500, 3_900);
  }

  /** True when both accept. */
  private boolean assertSame(byte[] bytes) {
    TickView one = new TickView();
    TickView other = new TickView();
    String reason = reason(learned, bytes, one);
    assertThat(reason).isEqualTo(reason(new TickReader(), bytes, other));
    if (reason == null) {
      assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }
    return reason == null;
  }

  private static String reason(TickReader reader, byte[] bytes, TickView into) {
    try {
      reader.read(bytes, into);
      return null;
    } catch (MalformedException e) {
      return e.getMessage();
    }
  }

  private ObjectNode shuffled(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, random);
    ObjectNode other = Json.mapper().createObjectNode();
    names.forEach(name -> other.set(name, object.get(name)));
    return other;
  }
}
