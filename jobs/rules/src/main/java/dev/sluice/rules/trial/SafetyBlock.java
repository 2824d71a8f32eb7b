// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/**
 * Both arms over one closed block, all symbols together, for the safety of a trial; its public
 * fields are the state. A block that began before the stage did counts from there.
 */
public final class SafetyBlock {
  public long startUs;
  public long endUs;
  public long ticksA;
  public long ticksB;
  public long deadlineMissesA;
  public long deadlineMissesB;
  public long fillsA;
  public long fillsB;
  public long notionalE6A;
  public long notionalE6B;
  public long takerNotionalE6A;
  public long takerNotionalE6B;

  /** HdrHistogram V2 encoding of microseconds, null when empty. */
  public byte[] totalUsHistogramA;

  public byte[] totalUsHistogramB;

  public SafetyBlock() {}
}
