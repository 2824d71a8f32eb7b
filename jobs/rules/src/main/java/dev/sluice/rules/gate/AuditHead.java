// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

/**
 * Where an engine's audit log has come to.
 *
 * @param n of the newest entry, 0 before the first
 * @param hash of the newest entry, {@link AuditChain#GENESIS} before the first
 */
public record AuditHead(long n, String hash) {
  /** A log without entries. */
  public static final AuditHead START = new AuditHead(0, AuditChain.GENESIS);
}
