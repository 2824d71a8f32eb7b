// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads ticks from their bytes into a {@link TickView}; the contract is that of {@link
 * Json#read}(bytes, Tick.class), an order of magnitude faster. Not thread-safe.
 */
public final class TickReader extends FlatReader<TickView> {
  private static final long BID = 1L << 7;
  private static final long ASK = 1L << 8;
  private static final long BID_SIZE = 1L << 9;
  private static final long ASK_SIZE = 1L << 10;
  private static final long STAGES = 1L << 11;
  private static final long TOTAL = 1L << 12;
  private static final long DEADLINE = 1L << 13;
  private static final long USED_STALE = 1L << 14;
  private static final long ALL_STAGES = (1L << 6) - 1;
  private static final String[] STAGE_NAMES = {
    "fetch_md_ms", "spread_ms", "guards_ms", "inventory_ms", "queue_aware_ms", "emit_ms"
  };

  /** A reader for one thread. */
  public TickReader() {
    super(
        "Tick",
        "bid",
        "ask",
        "bid_size",
        "ask_size",
        "stages",
        "total_ms",
        "deadline_ms",
        "used_stale");
  }

  @Override
  void clear(TickView view) {
    view.clearCommon();
    view.cacheLookup = false;
    view.cacheHit = false;
    view.cacheAgeKnown = false;
    view.cacheAgeMs = 0;
    view.positionKnown = false;
    view.position = 0;
    view.tradedKnown = false;
    view.tradedQty = 0;
    view.queueEtaKnown = false;
    view.queueEtaMs = 0;
  }

  @Override
  long field(JsonParser parser, String name, JsonToken token, TickView view)
      throws IOException, MalformedException {
    switch (name) {
      case "bid":
        view.bid = number(parser, token, name);
        return BID;
      case "ask":
        view.ask = number(parser, token, name);
        return ASK;
      case "bid_size":
        view.bidSize = number(parser, token, name);
        return BID_SIZE;
      case "ask_size":
        view.askSize = number(parser, token, name);
        return ASK_SIZE;
      case "stages":
        stages(parser, token, view);
        return STAGES;
      case "total_ms":
        view.totalMs = number(parser, token, name);
        return TOTAL;
      case "deadline_ms":
        view.deadlineMs = number(parser, token, name);
        return DEADLINE;
      case "cache_hit":
        view.cacheHit = truth(token, name);
        view.cacheLookup = true;
        return 0;
      case "cache_age_ms":
        view.cacheAgeMs = number(parser, token, name);
        view.cacheAgeKnown = true;
        return 0;
      case "used_stale":
        view.usedStale = truth(token, name);
        return USED_STALE;
      case "position":
        view.position = number(parser, token, name);
        view.positionKnown = true;
        return 0;
      case "traded_qty":
        view.tradedQty = number(parser, token, name);
        view.tradedKnown = true;
        return 0;
      case "queue_eta_ms":
        view.queueEtaMs = number(parser, token, name);
        view.queueEtaKnown = true;
        return 0;
      default:
        return commonField(parser, name, token, view);
    }
  }

  private void stages(JsonParser parser, JsonToken token, TickView view)
      throws IOException, MalformedException {
    if (token != JsonToken.START_OBJECT) {
      throw wrong("stages", "object");
    }
    long seen = 0;
    for (String name = order.next(parser); name != null; name = order.next(parser)) {
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_NULL) {
        seen |= stage(parser, name, value, view);
      }
    }
    if (seen != ALL_STAGES) {
      int missing = Long.numberOfTrailingZeros(~seen);
      throw new MalformedException("Tick: missing field stages." + STAGE_NAMES[missing], null);
    }
  }

  private long stage(JsonParser parser, String name, JsonToken token, TickView view)
      throws IOException, MalformedException {
    switch (name) {
      case "fetch_md_ms":
        view.fetchMdMs = number(parser, token, name);
        return 1;
      case "spread_ms":
        view.spreadMs = number(parser, token, name);
        return 1 << 1;
      case "guards_ms":
        view.guardsMs = number(parser, token, name);
        return 1 << 2;
      case "inventory_ms":
        view.inventoryMs = number(parser, token, name);
        return 1 << 3;
      case "queue_aware_ms":
        view.queueAwareMs = number(parser, token, name);
        return 1 << 4;
      case "emit_ms":
        view.emitMs = number(parser, token, name);
        return 1 << 5;
      default:
        parser.skipChildren();
        return 0;
    }
  }
}
