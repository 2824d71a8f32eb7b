// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

/**
 * Where a venue process listens and what it bears.
 *
 * @param host address to listen on; there is no authentication, so loopback unless the network is
 *     trusted
 * @param port 0 takes any free one
 * @param maxBodyBytes a longer request is refused
 * @param maxSockets streams at once; more are refused
 * @param maxWaitingRequests requests that wait for the venue's thread; more are refused
 * @param maxRememberedOrders client order ids kept; when there are as many, the venue takes no more
 *     orders
 * @param keptReports newest execution reports a stream can start from
 * @param requestTimeoutMs a request the venue's thread does not answer in time fails
 */
public record VenueSettings(
    String host,
    int port,
    int maxBodyBytes,
    int maxSockets,
    int maxWaitingRequests,
    int maxRememberedOrders,
    int keptReports,
    long requestTimeoutMs) {
  public VenueSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be in 0..65535: " + port);
    }
    boolean positive =
        maxBodyBytes > 0
            && maxSockets > 0
            && maxWaitingRequests > 0
            && maxRememberedOrders > 0
            && keptReports > 0
            && requestTimeoutMs > 0;
    if (!positive) {
      throw new IllegalArgumentException("limits of a venue must be positive");
    }
  }

  /**
   * Loopback, 8 KiB, 32 sockets, 1,000 waiting requests, a million orders, 100,000 reports, 2 s.
   */
  public static VenueSettings on(String host, int port) {
    return new VenueSettings(host, port, 8_192, 32, 1_000, 1_000_000, 100_000, 2_000);
  }
}
