// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.market.MarketDataFeed;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The market of a venue in another process ({@link VenueServer}), and nothing else of it: besides
 * one look whether it trades the symbols, only its stream is read. No order, cancel or query is
 * ever sent; reports of the account's own orders are passed over. For an engine in shadow.
 */
public final class RemoteMarket implements AutoCloseable {
  private static final long NEWEST = Long.MAX_VALUE;

  private final RemoteVenueSettings settings;
  private final LongSupplier clockUs;
  private final RemoteFeed feed;
  private final VenueStream stream;

  private RemoteMarket(
      URI base, List<String> symbols, LongSupplier clockUs, RemoteVenueSettings settings) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(settings.connectMs()))
            .build();
    this.settings = settings;
    this.clockUs = clockUs;
    Wire.HealthView venue = new VenueHttp(base, client, settings).traded(symbols);
    this.feed = new RemoteFeed(symbols);
    this.stream =
        new VenueStream(base, client, settings, venue.runId(), NEWEST, new MarketListener());
  }

  /**
   * Connects to a venue's market.
   *
   * @param url such as http://127.0.0.1:9200
   * @param clockUs the engine's clock, epoch microseconds: what arrives is stamped with it
   * @throws VenueUnreachableException when no venue answers there in time, or it does not trade
   *     these symbols
   */
  public static RemoteMarket connect(
      URI url, List<String> symbols, LongSupplier clockUs, RemoteVenueSettings settings) {
    RemoteMarket market = new RemoteMarket(url, symbols, clockUs, settings);
    market.stream.start();
    return market;
  }

  /** Market data as it arrives. */
  public MarketDataFeed feed() {
    return feed;
  }

  @Override
  public void close() {
    stream.close();
  }

  private final class MarketListener implements VenueStream.Listener {
    @Override
    public void onMessage(Wire.Message message) {
      if (message.type() == Wire.Kind.MARKET) {
        feed.add(message.market().event(clockUs.getAsLong()));
      }
    }

    @Override
    public boolean hasRoom() {
      return feed.size() < settings.maxBacklog();
    }
  }
}
