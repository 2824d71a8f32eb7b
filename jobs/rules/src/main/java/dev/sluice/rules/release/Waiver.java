// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.release;

/**
 * A person's word that a gate need not pass, for a time.
 *
 * @param gateId which
 * @param expiresAtUs from then on it is void, epoch microseconds
 */
public record Waiver(String gateId, String who, String why, long expiresAtUs) {}
