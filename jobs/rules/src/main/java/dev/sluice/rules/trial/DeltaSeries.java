// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/** Block differences of one metric; its public fields are the state. */
public final class DeltaSeries {
  public DeltaSeries() {}
}
