// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/**
 * Permission to run, renewed each second and whenever the watermark advances by a bucket.
 *
 * @param issuedAtUs wall clock of the judge
 * @param ttlMs how long the permission lasts from its receipt
 * @param watermarkUs the judge's event-time watermark for this engine; a run faster than real time
 *     stays within a small lead of it
 * @param controlEpoch epoch of the newest control record of this engine, so that an engine sees
 *     that it has missed one
 */
public record Lease(
    String schema,
    String engineId,
    long issuedAtUs,
    double ttlMs,
    long watermarkUs,
    long controlEpoch,
    String judgeId) {
  public static final String SCHEMA = "lease.v1";
}
