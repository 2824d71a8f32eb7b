// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.schemas.Finding;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;

/** State of the checks of one engine beside its orders; public fields, checkpointed as it is. */
public final class IntegrityState {
  /** One hedge that has not been judged or that stands. */
  public static final class Hedge {
    public String hedgeOf = "";
    public String symbol = "";
    public Side side;

    /** Quantity of its first level. */
    public BigDecimal qty = BigDecimal.ZERO;

    public String[] orderIds = new String[0];
    public int level;
    public long lastSubmitUs;

    /** The standing finding, null before it. */
    public String findingId;

    /** Position that is as good as the hedge done; set with the finding. */
    public BigDecimal backAt;

    public long confirmedUs;

    public Hedge() {}
  }

  /** Position in one symbol after a fill. */
  public static final class Held {
    public String symbol = "";
    public long atUs;
    public BigDecimal position = BigDecimal.ZERO;

    public Held() {}
  }

  /** Bounds of the venue's clock less the engine's, from what both stamped within a second. */
  public static final class ClockBounds {
    public long startUs;
    public long lowestUs = Long.MIN_VALUE;
    public long highestUs = Long.MAX_VALUE;

    public ClockBounds() {}
  }

  public Source source;
  public long untilUs;
  public long progressUs;
  public long ownUs;
  public String ordersRun = "";
  public long ordersSeq;

  /** Holes in the streams of orders so far. */
  public long holes;

  /** Event time of the newest of them. */
  public long holeUs;

  /** Newest heartbeat, and since when they have come without a longer silence. */
  public long healthUs;

  public long aliveSinceUs;

  /** No absence among the orders has to be judged before this time. */
  public long nextDueUs = Long.MAX_VALUE;

  /** Newest border at which orders were forgotten. */
  public long forgottenUs;

  public Finding[] standing = new Finding[0];
  public Hedge[] hedges = new Hedge[0];
  public Held[] held = new Held[0];
  public ClockBounds[] clock = new ClockBounds[0];

  /** True from the first bad evidence of the clock to the first good. */
  public boolean clockBad;

  public double skewMs;

  /** Whether both sides have stamped anything yet: before it no clock is known to be right. */
  public boolean clockMeasured;

  /** Best knowledge of the skew, microseconds; 0 while unknown. */
  public long skewUs;

  public String venueRun = "";
  public long venueStampUs;

  /** The venue's time before its clock fell, 0 when it did not. */
  public long fellFromUs;

  public long fellByUs;
  public String fallFindingId;

  /** Orders ended by state, and what all of them had executed. */
  public long[] ended = new long[OrderState.values().length];

  public BigDecimal executedQty = BigDecimal.ZERO;
  public long fills;
  public long givenUp;
  public int watched;

  public IntegrityState() {}
}
