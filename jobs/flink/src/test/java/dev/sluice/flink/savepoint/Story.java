// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.savepoint;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens before and after a savepoint, as the text that engines publish, so that builds of
 * any age read the same. Engine mm-1 misses every deadline from the start, has bought one, and
 * intends an order of which nobody hears again; mm-2 is well, a person halts it, and after the
 * savepoint it buys one as well and may run again.
 */
final class Story {
  static final long START_US = 1_767_571_200_000_000L; // 2026-01-05T00:00:00Z
  static final int SAVEPOINT_SECOND = 65;
  static final int END_SECOND = 130;
  static final String CRITERIA =
      """
      - {id: miss, metric: deadline_miss_ratio, over: 30s, breach: "> 0.4", recover: "< 0.3",
         hold: 1m, on_missing: {after: 10m, action: ALERT}, action: PAUSE}
      - {id: gross, metric: gross_exposure, instant: true, scope: portfolio, breach: ">= 150",
         on_missing: {after: 15m, action: ALERT}, action: PAUSE, mode: shadow}
      - {id: unanswered, metric: journal_breaks, instant: true, breach: "> 0",
         on_missing: {after: 15m, action: ALERT}, action: REDUCE_ONLY}
      """;

  private final List<RawRecord> records = new ArrayList<>();
  private final Map<String, Long> numbers = new HashMap<>();

  private Story() {}

  /** What is published from one second on to another, exclusive. */
  static List<RawRecord> between(int fromSecond, int toSecond) {
    Story story = new Story();
    for (int second = 0; second < END_SECOND; second++) {
      int before = story.records.size();
      story.second("mm-1", second, true);
      story.second("mm-2", second, false);
      if (second < fromSecond || second >= toSecond) {
        story.records.subList(before, story.records.size()).clear();
      }
    }
    return story.records;
  }

  static Command halt() {
    return command("c-1", "HALT");
  }

  static Command resume() {
    return command("c-2", "RESUME");
  }

  private void second(String engine, int second, boolean misses) {
    long us = START_US + second * 1_000_000L;
    if (second % 10 == 0) {
      health(engine, us);
      ledger(engine, us);
    }
    tick(engine, us, misses);
    if (engine.equals("mm-1") && second == 12) {
      intent(engine, us);
    }
    if (second == (engine.equals("mm-1") ? 20 : 83)) {
      fill(engine, us);
    }
  }

  private void tick(String engine, long us, boolean misses) {
    say(
        Topics.TICKS,
        us,
        """
        {"schema":"tick.v1",%s,"symbol":"SIMUSDT","bid":99.99,"ask":100.01,"bid_size":1.5,
        "ask_size":2.5,"stages":{"fetch_md_ms":1.0,"spread_ms":1.0,"guards_ms":0.1,
        "inventory_ms":0.2,"queue_aware_ms":0.3,"emit_ms":0.4},"total_ms":%s,"deadline_ms":150.0,
        "cache_hit":true,"cache_age_ms":5.0,"used_stale":false}\
        """
            .formatted(common(engine, Topics.TICKS, us), misses ? "200.0" : "20.0"));
  }

  private void intent(String engine, long us) {
    say(
        Topics.ORDERS,
        us,
        """
        {"schema":"order.v1",%s,"intent_id":"i-1","client_order_id":"o-1","symbol":"SIMUSDT",
        "side":"BUY","type":"LIMIT","purpose":"QUOTE","state":"INTENDED","price":"99","qty":"1",
        "cum_qty":"0"}\
        """
            .formatted(common(engine, Topics.ORDERS, us)));
  }

  private void fill(String engine, long us) {
    say(
        Topics.FILLS,
        us,
        """
        {"schema":"fill.v1",%s,"fill_id":"f-%s","intent_id":"i-9","client_order_id":"o-9",
        "symbol":"SIMUSDT","side":"BUY","price":"100","qty":"1","liquidity":"MAKER","fee":"0.01",
        "fee_asset":"USDT","quote_price":100.0,"mid_at_quote":100.0,"mid_at_fill":100.0,
        "quote_to_fill_ms":12.0,"position_after":"1","venue_time_us":%d}\
        """
            .formatted(common(engine, Topics.FILLS, us), engine, us));
  }

  private void health(String engine, long us) {
    long ticks = number(engine, Topics.TICKS);
    long orders = number(engine, Topics.ORDERS);
    long fills = number(engine, Topics.FILLS);
    say(
        Topics.HEALTH,
        us,
        """
        {"schema":"health.v1",%s,"build_id":"build","config_hash":"hash","started_at_us":%d,
        "rss_bytes":400000000,"heap_bytes":1,"gc_pause_ms_total":1,"breaker":"CLOSED",
        "breaker_since_us":%d,"ws_reconnects":0,"api_errors":0,"stale_marks":0,
        "guard_triggers":0,"restarts":0,"unfilled_orders":0,"open_orders":0,"equity":1000.0,
        "realised_pnl":0.0,"unrealised_pnl":0.0,"day_start_equity":1000.0,"mode":"RUN",
        "control_epoch":0,"lease_left_ms":1.0,"dropped_events":0,
        "sent":{"ticks":%d,"orders":%d,"fills":%d}}\
        """
            .formatted(
                common(engine, Topics.HEALTH, us), START_US, START_US, ticks, orders, fills));
  }

  private void ledger(String engine, long us) {
    say(
        Topics.LEDGER,
        us,
        """
        {"schema":"ledger.v1",%s,"book":"VENUE","account":"a","as_of_us":%d,"status":"OK",
        "balances":[],"positions":[],"open_orders":[]}\
        """
            .formatted(common(engine, Topics.LEDGER, us), us));
  }

  private long number(String engine, String topic) {
    return numbers.getOrDefault(engine + topic, 0L);
  }

  private String common(String engine, String topic, long us) {
    long seq = numbers.merge(engine + topic, 1L, Long::sum);
    return "\"engine_id\":\"%s\",\"run_id\":\"r-1\",\"seq\":%d,\"event_time_us\":%d,\"source\":\"SIMULATED\""
        .formatted(engine, seq, us);
  }

  private void say(String topic, long us, String json) {
    long offset = numbers.merge(topic, 1L, Long::sum);
    records.add(new RawRecord(topic, 0, offset, us, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Command command(String id, String action) {
    String json =
        """
        {"schema":"command.v1","command_id":"%s","engine_id":"mm-2","who":"ann","why":"drill",
        "action":"%s","scope":"engine","issued_at_us":%d}\
        """
            .formatted(id, action, START_US);
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8), Command.class);
    } catch (Exception e) {
      throw new IllegalStateException(json, e);
    }
  }
}
