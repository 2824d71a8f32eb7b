// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

/**
 * A person's word that a gate need not pass, for a time.
 *
 * @param gateId which
 * @param grantedAtUs from when on it counts, epoch microseconds
 * @param expiresAtUs from then on it is void, epoch microseconds
 */
public record Waiver(String gateId, String who, String why, long grantedAtUs, long expiresAtUs) {
  /** Nobody may waive a gate for longer: 14 days. */
  public static final long MAX_US = 14 * 86_400_000_000L;

  /** Checks itself. */
  public Waiver {
    if (gateId.isBlank() || who.isBlank() || why.isBlank()) {
      throw new IllegalArgumentException("a waiver needs gate, who and why");
    }
    if (expiresAtUs <= grantedAtUs || expiresAtUs - grantedAtUs > MAX_US) {
      throw new IllegalArgumentException(
          "the waiver of `" + gateId + "` ends after it begins, and at most 14 days later");
    }
  }

  /** Whether it counts at a time. */
  public boolean inForce(long nowUs) {
    return grantedAtUs <= nowUs && nowUs < expiresAtUs;
  }
}
