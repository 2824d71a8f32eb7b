// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.live;

/**
 * What became of a record.
 *
 * @param criteria what holds from now on; unchanged unless APPLIED
 * @param reason one sentence
 */
public record Reception(Kind kind, LiveCriteria criteria, String reason) {
  /** Closed list. */
  public enum Kind {
    /** It changes what holds. */
    APPLIED,
    /** It is what holds already: read a second time. */
    REPEATED,
    /** A newer version of this criterion is known. */
    SUPERSEDED,
    /** It may not be judged by. */
    REJECTED
  }
}
