// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

/**
 * What a peer says of one engine and criterion at one bucket's end.
 *
 * @param endUs end of the bucket, epoch microseconds
 * @param criterion one of {@link Question.Criterion#id()}
 * @param outcome PASS, BREACH or NO_DATA
 * @param measured NaN with NO_DATA
 */
public record Answer(
    String engineId, long endUs, String criterion, String outcome, double measured) {
  private static final double TOLERANCE = 1e-9;
  private static final int COLUMNS = 5;

  /** What is answered: engine, time and criterion. */
  public String key() {
    return engineId + " " + endUs + " " + criterion;
  }

  /** True for the same outcome and the same value, to a billionth of it. */
  public boolean agrees(Answer other) {
    return outcome.equals(other.outcome)
        && (Double.isNaN(measured)
            ? Double.isNaN(other.measured)
            : Math.abs(measured - other.measured) <= TOLERANCE * Math.abs(measured));
  }

  /** As a line of a table, columns parted by tabulators. */
  public String line() {
    return String.join(
        "\t", engineId, Long.toString(endUs), criterion, outcome, Double.toString(measured));
  }

  /**
   * Reads {@link #line()}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Answer parse(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != COLUMNS) {
      throw new IllegalArgumentException("not an answer: " + line);
    }
    return new Answer(
        columns[0],
        Long.parseLong(columns[1]),
        columns[2],
        columns[3],
        Double.parseDouble(columns[4]));
  }
}
