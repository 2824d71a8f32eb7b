// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import dev.sluice.schemas.signature.VerifyKey;
import java.util.List;

/**
 * Whose control records and leases an engine believes.
 *
 * @param keys any of them may have signed, so that a new key is known before the gate signs with
 *     it; empty believes everybody who may write to the topics
 * @param acceptUnsigned believes records without a signature too, while the gate does not sign yet
 * @param maxLeaseAgeMs how far a lease's time of issue may be from the wall clock, either way
 */
public record ControlTrust(List<VerifyKey> keys, boolean acceptUnsigned, long maxLeaseAgeMs) {
  /** As long as a lease lasts by default. */
  public static final long DEFAULT_MAX_LEASE_AGE_MS = 10_000;

  /** Everybody who may write to the topics. */
  public static final ControlTrust EVERYBODY =
      new ControlTrust(List.of(), true, DEFAULT_MAX_LEASE_AGE_MS);

  public ControlTrust {
    keys = List.copyOf(keys);
    if (maxLeaseAgeMs < 1) {
      throw new IllegalArgumentException("a lease's greatest age must be above 0");
    }
  }

  /** Only what one of these keys has signed. */
  public static ControlTrust of(VerifyKey... keys) {
    return new ControlTrust(List.of(keys), false, DEFAULT_MAX_LEASE_AGE_MS);
  }
}
