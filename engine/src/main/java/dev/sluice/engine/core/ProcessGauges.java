// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/** What the process is using: measured in real time, modelled in simulated time. */
public interface ProcessGauges {
  long rssBytes(long nowUs);

  long heapBytes(long nowUs);

  /** Garbage-collection pauses since the start. */
  long gcPauseMsTotal(long nowUs);
}
