// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import java.util.ArrayList;
import java.util.List;

/** A block as it was handed in; its public fields are the state. */
public final class RetainedBlock {
  public Part part = Part.AT_ONCE;
  public String symbol = "";
  public long block;
  public List<SlotSums> slots = new ArrayList<>();

  public RetainedBlock() {}
}
