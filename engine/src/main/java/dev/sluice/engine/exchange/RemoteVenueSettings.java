// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

/**
 * How an engine deals with a venue in another process.
 *
 * @param connectMs a connection takes at most this long
 * @param requestMs so does an answer; an order without one stays unanswered
 * @param silenceMs a stream that has said nothing for this long is given up and opened anew
 * @param firstRetryMs wait before the first reconnection; doubled each time
 * @param lastRetryMs up to this
 * @param maxInFlight orders without an answer; more are rejected here. Cancels and queries pass.
 * @param maxBacklog messages not polled yet; beyond it the stream is held up
 */
public record RemoteVenueSettings(
    long connectMs,
    long requestMs,
    long silenceMs,
    long firstRetryMs,
    long lastRetryMs,
    int maxInFlight,
    int maxBacklog) {
  /** 2 s, 3 s, 5 s; 50 ms to 2 s; 200 orders; 20,000 messages. */
  public static RemoteVenueSettings defaults() {
    return new RemoteVenueSettings(2_000, 3_000, 5_000, 50, 2_000, 200, 20_000);
  }
}
