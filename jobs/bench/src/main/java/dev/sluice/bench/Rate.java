// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

/** Events per second of wall clock, and per second of one core. */
public record Rate(double eventsPerS, double eventsPerCoreS) {

  /** Microseconds of one core per event. */
  public double usPerEvent() {
    return 1e6 / eventsPerCoreS;
  }
}
