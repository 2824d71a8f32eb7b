package dev.sluice.engine.core;

import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;

/** What the judge allows, as the engine's gate client knows it. */
public interface ControlPort {
  /** Mode in force: the control record's, tightened by a lapsed lease. */
  Mode mode();

  /** Epoch of the last control record applied. */
  long epoch();

  /** Time left on the lease, negative when it has lapsed. */
  double leaseLeftMs();

  /**
   * Whether this order may be sent now.
   *
   * @param position base units, signed
   * @param openReducing quantity of orders already at the venue that would shrink the position
   */
  boolean permits(
      Purpose purpose, Side side, BigDecimal qty, BigDecimal position, BigDecimal openReducing);
}
