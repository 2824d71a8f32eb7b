// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Side;
import java.util.Locale;

/** What a measured halt is caused by. */
public enum LatencyPath {
  /** A heartbeat that says the breaker is open for more than 300 s: one engine's own criterion. */
  BREAKER,
  /** A fill that brings the net exposure above its cap: a criterion of the portfolio. */
  CAP;

  /** For reports. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }

  byte[] breach(HaltFeed feed) {
    return switch (this) {
      case BREAKER -> feed.heartbeat(true);
      case CAP -> feed.fill(Side.BUY);
    };
  }

  void send(HaltFeed feed, byte[] breach) {
    switch (this) {
      case BREAKER -> feed.sendHeartbeat(breach);
      case CAP -> feed.sendFill(breach);
    }
  }

  /** Ends the breach; a person may resume after it. */
  void recover(HaltFeed feed) {
    if (this == CAP) {
      feed.sendFill(feed.fill(Side.SELL));
    }
    feed.sendHeartbeat(feed.heartbeat(false));
  }
}
