// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

/**
 * An engine's word that everything before a time has been sent.
 *
 * @param eventTimeUs the time
 * @param ingestUs Kafka append time of the heartbeat that says so
 * @param declares false when the engine does not number what it sent; then the counts are 0
 * @param ticks last number sent per stream in this run, 0 for none
 */
public record Punctuation(
    String runId,
    long eventTimeUs,
    long ingestUs,
    boolean declares,
    long ticks,
    long orders,
    long fills) {

  /** The last number declared for a stream. */
  public long sent(EngineStream stream) {
    return switch (stream) {
      case TICKS -> ticks;
      case ORDERS -> orders;
      case FILLS -> fills;
      case HEALTH -> 0;
    };
  }
}
