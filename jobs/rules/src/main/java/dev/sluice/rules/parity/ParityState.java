// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.schemas.Source;

/** What is remembered of a pair beside its intents and guards. Flat, for checkpoints. */
public final class ParityState {
  public SideState live = new SideState();
  public SideState shadow = new SideState();

  /** Start of the next window to judge, 0 before the first. */
  public long nextUs;

  /** Of the live engine's records. */
  public Source source = Source.SIMULATED;

  public ParityState() {}

  SideState side(boolean ofShadow) {
    return ofShadow ? shadow : live;
  }
}
