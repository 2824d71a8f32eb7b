// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

/** What the sequencing counts. */
public enum SequenceCount {
  /** Messages seen again. */
  DUPLICATES("duplicates"),
  /** Messages whose number had been given up, or that were sent before the stream was joined. */
  TOO_LATE("tooLate"),
  /** Numbers that never came. */
  GIVEN_UP("givenUp"),
  /** Times a hole was given up because too much waited. */
  OVERFLOWS("overflows"),
  /** Messages refused as impossible. */
  QUARANTINED("quarantined"),
  /** Bytes that are no message. */
  MALFORMED("malformed"),
  OVERSIZED("oversized"),
  /** Messages of engines that are not expected. */
  UNKNOWN_ENGINE("unknownEngine");

  private final String counter;

  SequenceCount(String counter) {
    this.counter = counter;
  }

  /** Name of the counter in the metrics. */
  public String counter() {
    return counter;
  }
}
