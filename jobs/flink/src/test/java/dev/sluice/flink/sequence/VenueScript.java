// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.OrderType;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Raw records of one engine and its venue. Times are seconds from the start. */
public final class VenueScript {
  private static final long START_US = 1_767_571_200_000_000L;
  private static final String ENGINE = "mm-1";

  private final List<RawRecord> records = new ArrayList<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private long orders;
  private long healths;
  private long copies;
  private long ledgers;

  public static long at(double second) {
    return START_US + Math.round(second * 1_000_000);
  }

  /** Half a minute of orders that rest; neighbours of one another change places by chance. */
  static List<RawRecord> mixed(int seed) {
    VenueScript script = new VenueScript();
    for (int second = 0; second < 30; second++) {
      if (second % 10 == 0) {
        script.venueLedger(second);
      }
      String id = "c-" + second;
      script.health(second).order(second + 0.1, id, OrderState.INTENDED);
      script.order(second + 0.1, id, OrderState.SUBMITTED).copy(second + 0.2, id, "0");
      script.order(second + 0.3, id, OrderState.ACKED);
    }
    List<RawRecord> all = script.venueLedger(30).health(30).records();
    Random random = new Random(seed);
    for (int i = 0; i + 4 < all.size(); i++) {
      int other = i + random.nextInt(4);
      RawRecord swapped = all.get(i);
      all.set(i, all.get(other));
      all.set(other, swapped);
    }
    return all;
  }

  public VenueScript order(double second, String id, OrderState state) {
    return order(second, id, state, "0");
  }

  public VenueScript order(double second, String id, OrderState state, String cumQty) {
    return say(
        Topics.ORDERS,
        new Order(
            Order.SCHEMA,
            ENGINE,
            "run-1",
            ++orders,
            at(second),
            Source.SIMULATED,
            "i-" + id,
            id,
            null,
            "SIMUSDT",
            null,
            null,
            Side.BUY,
            OrderType.LIMIT,
            Purpose.QUOTE,
            state,
            BigDecimal.TEN,
            BigDecimal.ONE,
            new BigDecimal(cumQty),
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  public VenueScript health(double second) {
    return say(
        Topics.HEALTH,
        new Health(
            Health.SCHEMA,
            ENGINE,
            "run-1",
            ++healths,
            at(second),
            Source.SIMULATED,
            "build",
            "hash",
            START_US,
            1,
            1,
            1,
            BreakerState.CLOSED,
            START_US,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            1,
            Mode.RUN,
            0,
            1,
            0,
            new SentCounts(0, orders, 0, null),
            null,
            null));
  }

  public VenueScript copy(double second, String id, String cumQty) {
    return say(
        Topics.DROPCOPY,
        new DropCopy(
            DropCopy.SCHEMA,
            ENGINE,
            "venue",
            ++copies,
            at(second),
            Source.SIMULATED,
            "a",
            id,
            "v-" + id,
            "SIMUSDT",
            Side.BUY,
            OrderState.ACKED,
            BigDecimal.TEN,
            BigDecimal.ONE,
            new BigDecimal(cumQty),
            null,
            null,
            null,
            null,
            null,
            null,
            at(second),
            null));
  }

  public VenueScript venueLedger(double second) {
    return say(
        Topics.LEDGER,
        new Ledger(
            Ledger.SCHEMA,
            ENGINE,
            "venue",
            ++ledgers,
            at(second),
            Source.SIMULATED,
            Book.VENUE,
            "a",
            at(second),
            SnapshotStatus.OK,
            List.of(),
            List.of(),
            List.of(),
            copies,
            null,
            null));
  }

  public List<RawRecord> records() {
    return records;
  }

  private VenueScript say(String topic, Object message) {
    long offset = offsets.merge(topic, 1L, Long::sum) - 1;
    records.add(new RawRecord(topic, 0, offset, records.size() + 1, Json.write(message)));
    return this;
  }
}
