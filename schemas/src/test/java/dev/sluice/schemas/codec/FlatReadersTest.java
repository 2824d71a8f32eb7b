// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Tick;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The streaming readers against the plain codec, from the golden examples. */
class FlatReadersTest {
  private static final TickReader TICKS = new TickReader();
  private static final OrderReader ORDERS = new OrderReader();
  private static final FillReader FILLS = new FillReader();

  private interface Reader {
    void read(byte[] bytes) throws MalformedException;
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = FlatReadersTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      return in.readAllBytes();
    }
  }

  private static boolean reads(Reader reader, byte[] bytes) {
    try {
      reader.read(bytes);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTickReadsAsThePlainCodecReadsIt() throws Exception {
    byte[] bytes = golden("tick");
    Tick tick = Json.read(bytes, Tick.class);
    TickView view = new TickView();
    TICKS.read(bytes, view);
    assertThat(view.engineId).isEqualTo(tick.engineId());
    assertThat(view.runId).isEqualTo(tick.runId());
    assertThat(view.seq).isEqualTo(tick.seq());
    assertThat(view.eventTimeUs).isEqualTo(tick.eventTimeUs());
    assertThat(view.source).isEqualTo(tick.source());
    assertThat(view.symbol).isEqualTo(tick.symbol());
    assertThat(view.arm).isEqualTo(tick.arm());
    assertThat(view.bid).isEqualTo(tick.bid());
    assertThat(view.ask).isEqualTo(tick.ask());
    assertThat(view.bidSize).isEqualTo(tick.bidSize());
    assertThat(view.askSize).isEqualTo(tick.askSize());
    assertThat(view.fetchMdMs).isEqualTo(tick.stages().fetchMdMs());
    assertThat(view.spreadMs).isEqualTo(tick.stages().spreadMs());
    assertThat(view.guardsMs).isEqualTo(tick.stages().guardsMs());
    assertThat(view.inventoryMs).isEqualTo(tick.stages().inventoryMs());
    assertThat(view.queueAwareMs).isEqualTo(tick.stages().queueAwareMs());
    assertThat(view.emitMs).isEqualTo(tick.stages().emitMs());
    assertThat(view.totalMs).isEqualTo(tick.totalMs());
    assertThat(view.deadlineMs).isEqualTo(tick.deadlineMs());
    assertThat(view.cacheLookup).isEqualTo(tick.cacheHit() != null);
    assertThat(view.cacheHit).isEqualTo(tick.cacheHit());
    assertThat(view.cacheAgeMs).isEqualTo(tick.cacheAgeMs());
    assertThat(view.usedStale).isEqualTo(tick.usedStale());
    assertThat(view.cacheAgeKnown).isTrue();
    assertThat(view.positionKnown && view.tradedKnown && view.queueEtaKnown).isTrue();
    assertThat(view.position).isEqualTo(tick.position()).isNotZero();
    assertThat(view.tradedQty).isEqualTo(tick.tradedQty()).isNotZero();
    assertThat(view.queueEtaMs).isEqualTo(tick.queueEtaMs()).isNotZero();
  }

  @Test
  void anOrderAndAFillReadAsThePlainCodecReadsThem() throws Exception {
    Order order = Json.read(golden("order"), Order.class);
    OrderView orderView = new OrderView();
    ORDERS.read(golden("order"), orderView);
    assertThat(orderView.state).isEqualTo(order.state());
    assertThat(orderView.price).isEqualTo(order.price().doubleValue());
    assertThat(orderView.qty).isEqualTo(order.qty().doubleValue());
    assertThat(orderView.cumQty).isEqualTo(order.cumQty().doubleValue());
    assertThat(orderView.submittedAtUs).isEqualTo(order.submittedAtUs());
    Fill fill = Json.read(golden("fill"), Fill.class);
    FillView fillView = new FillView();
    FILLS.read(golden("fill"), fillView);
    assertThat(fillView.side).isEqualTo(fill.side());
    assertThat(fillView.price).isEqualTo(fill.price());
    assertThat(fillView.qty).isEqualTo(fill.qty());
    assertThat(fillView.liquidity).isEqualTo(fill.liquidity());
    assertThat(fillView.fee).isEqualTo(fill.fee());
    assertThat(fillView.feeAsset).isEqualTo(fill.feeAsset());
    assertThat(fillView.quotePrice).isEqualTo(fill.quotePrice());
    assertThat(fillView.midAtFill).isEqualTo(fill.midAtFill());
    assertThat(fillView.quoteToFillMs).isEqualTo(fill.quoteToFillMs());
  }

  @Test
  void aRowKeepsNothingOfTheRecordBefore() throws Exception {
    TickView view = new TickView();
    TICKS.read(golden("tick"), view);
    ObjectNode bare = (ObjectNode) Json.mapper().readTree(golden("tick"));
    bare.remove(List.of("arm", "slot", "cache_hit", "cache_age_ms"));
    bare.remove(List.of("position", "traded_qty"));
    bare.putNull("queue_eta_ms");
    TICKS.read(Json.mapper().writeValueAsBytes(bare), view);
    assertThat(view.arm).isNull();
    assertThat(view.cacheLookup).isFalse();
    assertThat(view.cacheAgeKnown).isFalse();
    assertThat(view.cacheAgeMs).isZero();
    assertThat(view.positionKnown || view.tradedKnown || view.queueEtaKnown).isFalse();
    assertThat(view.position + view.tradedQty + view.queueEtaMs).isZero();
  }

  @Test
  void equalNamesAreOneObject() throws Exception {
    TickView view = new TickView();
    TICKS.read(golden("tick"), view);
    String first = view.engineId;
    TICKS.read(golden("tick"), view);
    assertThat(view.engineId).isSameAs(first);
  }

  @Test
  void bothCodecsRefuseTheSameAbsentFields() throws Exception {
    check("tick", Tick.class, bytes -> TICKS.read(bytes, new TickView()));
    check("order", Order.class, bytes -> ORDERS.read(bytes, new OrderView()));
    check("fill", Fill.class, bytes -> FILLS.read(bytes, new FillView()));
  }

  private static <T extends Record> void check(String name, Class<T> type, Reader reader)
      throws IOException {
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(golden(name));
    List<String> fields = new ArrayList<>();
    tree.fieldNames().forEachRemaining(fields::add);
    for (String field : fields) {
      ObjectNode without = tree.deepCopy();
      without.remove(field);
      byte[] absent = Json.mapper().writeValueAsBytes(without);
      boolean plain = reads(bytes -> Json.read(bytes, type), absent);
      assertThat(reads(reader, absent)).as("%s without %s", name, field).isEqualTo(plain);
      without.putNull(field);
      byte[] isNull = Json.mapper().writeValueAsBytes(without);
      assertThat(reads(reader, isNull)).as("%s with null %s", name, field).isEqualTo(plain);
    }
  }

  @Test
  void aFieldOfTheWrongTypeIsNamed() throws Exception {
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(golden("tick"));
    for (String field :
        List.of(
            "engine_id",
            "seq",
            "bid",
            "stages",
            "used_stale",
            "source",
            "position",
            "traded_qty",
            "queue_eta_ms")) {
      ObjectNode wrong = tree.deepCopy();
      wrong.putArray(field).add(1);
      byte[] bytes = Json.mapper().writeValueAsBytes(wrong);
      assertThatThrownBy(() -> TICKS.read(bytes, new TickView()))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining(field);
    }
    for (JsonNode text : List.of(tree.textNode("1.5"), tree.textNode(""))) {
      ObjectNode wrong = tree.deepCopy();
      wrong.set("bid", text);
      byte[] bytes = Json.mapper().writeValueAsBytes(wrong);
      assertThat(reads(each -> TICKS.read(each, new TickView()), bytes)).isFalse();
    }
  }

  @Test
  void notANumberAsTextAndInfinityByOverflowAreReadForTheQuarantine() throws Exception {
    String tick = new String(golden("tick"), StandardCharsets.UTF_8);
    TickView view = new TickView();
    TICKS.read(bytes(tick.replaceFirst("\"bid\" ?: ?[0-9.]+", "\"bid\":\"NaN\"")), view);
    assertThat(view.bid).isNaN();
    TICKS.read(bytes(tick.replaceFirst("\"bid\" ?: ?[0-9.]+", "\"bid\":1e999")), view);
    assertThat(view.bid).isInfinite();
    TICKS.read(
        bytes(tick.replaceFirst("\"position\" ?: ?-?[0-9.]+", "\"position\":\"NaN\"")), view);
    assertThat(view.position).isNaN();
    assertThat(view.positionKnown).isTrue();
    byte[] literal = bytes(tick.replaceFirst("\"bid\" ?: ?[0-9.]+", "\"bid\":NaN"));
    assertThat(reads(each -> TICKS.read(each, new TickView()), literal)).isFalse();
  }

  @Test
  void brokenBytesAreMalformedAndNeverAnythingElse() throws Exception {
    Random random = new Random(1);
    byte[] good = golden("tick");
    for (int round = 0; round < 5_000; round++) {
      byte[] broken = good.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = java.util.Arrays.copyOf(broken, random.nextInt(broken.length + 1));
      reads(bytes -> TICKS.read(bytes, new TickView()), cut);
      reads(bytes -> FILLS.read(bytes, new FillView()), cut);
    }
    assertThat(reads(bytes -> TICKS.read(bytes, new TickView()), bytes("[]"))).isFalse();
    assertThat(reads(bytes -> TICKS.read(bytes, new TickView()), new byte[0])).isFalse();
    String twice = new String(good, StandardCharsets.UTF_8).repeat(2);
    assertThat(reads(bytes -> TICKS.read(bytes, new TickView()), bytes(twice))).isFalse();
  }

  @Test
  void quickDecimalsAreTheExactOnes() {
    Random random = new Random(2);
    for (int round = 0; round < 20_000; round++) {
      int digits = 1 + random.nextInt(15);
      StringBuilder text = new StringBuilder();
      int point = random.nextInt(digits + 1);
      for (int i = 0; i < digits; i++) {
        if (i == point && i > 0) {
          text.append('.');
        }
        text.append((char) ('0' + random.nextInt(10)));
      }
      char[] characters = text.toString().toCharArray();
      assertThat(Decimals.quick(characters, 0, characters.length))
          .isEqualTo(Double.parseDouble(text.toString()));
    }
    for (String odd : List.of("", ".", "-1", "1e5", "1.2.3", "1234567890123456")) {
      assertThat(Decimals.quick(odd.toCharArray(), 0, odd.length())).isEqualTo(-1);
    }
  }
}
