// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

/**
 * What one pass cost.
 *
 * @param events read while it was measured
 * @param wallNanos time that passed meanwhile
 * @param cpuNanos processor time of the whole process meanwhile
 * @param passWallNanos time from the start of the pass to its last answer
 * @param passCpuNanos processor time of the whole process meanwhile
 */
public record Cost(
    long events, long wallNanos, long cpuNanos, long passWallNanos, long passCpuNanos) {
  private static final String MARK = "cost";

  /** As a line of a table. */
  String line() {
    return String.join(
        "\t",
        MARK,
        Long.toString(events),
        Long.toString(wallNanos),
        Long.toString(cpuNanos),
        Long.toString(passWallNanos),
        Long.toString(passCpuNanos));
  }

  static boolean is(String line) {
    return line.startsWith(MARK + "\t");
  }

  static Cost parse(String line) {
    String[] columns = line.split("\t");
    return new Cost(
        Long.parseLong(columns[1]),
        Long.parseLong(columns[2]),
        Long.parseLong(columns[3]),
        Long.parseLong(columns[4]),
        Long.parseLong(columns[5]));
  }

  /** Ticks per second of one core. */
  public double eventsPerCoreS() {
    return events * 1e9 / cpuNanos;
  }

  /** Ticks per second. */
  public double eventsPerS() {
    return events * 1e9 / wallNanos;
  }
}
