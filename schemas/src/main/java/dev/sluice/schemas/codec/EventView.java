// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Source;

/**
 * What every engine event has in common, as a reusable row: a reader overwrites it for each record,
 * so keep nothing but values. Public fields on purpose: this is the hot path. Text fields are
 * interned by the reader, equal names are one object.
 */
public class EventView {
  public String engineId;
  public String runId;

  /** 1, 2, 3 … per engine, run and stream. */
  public long seq;

  /** When it happened at the engine, epoch microseconds. */
  public long eventTimeUs;

  public Source source;
  public String symbol;

  /** Null outside a trial. */
  public Arm arm;

  /** In the first seconds of a slot, which no arm is judged by. */
  public boolean warmup;

  void clearCommon() {
    engineId = null;
    runId = null;
    seq = 0;
    eventTimeUs = 0;
    source = null;
    symbol = null;
    arm = null;
    warmup = false;
  }
}
