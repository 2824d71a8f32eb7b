// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.sim.PaperVenue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * A paper venue behind HTTP: orders by REST, execution reports and market data by WebSocket. Plays
 * the market at the wall clock on one thread of its own. Thread-safe.
 *
 * <pre>
 * POST /orders                     201, 409 for an id it knows, 422 with the reason
 * GET, DELETE /orders/{id}         200, 404 for an order it has never heard of
 * GET /orders /account /time /healthz
 * WebSocket /stream?after=N&amp;run=ID  reports after number N of that process, and market data
 * </pre>
 */
public final class VenueServer implements AutoCloseable {
  private static final int MAX_THREADS = 24;
  private static final int MIN_THREADS = 6;
  private static final int MAX_HEADER_BYTES = 8_192;
  private static final int MAX_MESSAGE_BYTES = 1_024;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final VenueSettings settings;
  private final VenueDesk desk;
  private final Server server;
  private final ServerConnector connector;
  private final AtomicInteger sockets = new AtomicInteger();

  private VenueServer(VenueDesk desk, VenueSettings settings) {
    this.settings = settings;
    this.desk = desk;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("venue-http");
    threads.setDaemon(true);
    this.server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrade = WebSocketUpgradeHandler.from(server, this::configure);
    upgrade.setHandler(new ApiHandler(desk, settings));
    server.setHandler(upgrade);
    // Nobody is waited for: what is under way fails, and clients come back.
    server.setStopTimeout(0L);
  }

  /**
   * Opens the venue and serves it.
   *
   * @param venue used by the server's thread alone from now on; its publisher is called there
   * @param feed likewise; its events are played when the clock reaches them
   * @param runId names this process of the venue
   * @param account whose it is
   * @param clockUs epoch microseconds; must not step back
   * @throws IOException when it cannot listen there
   */
  public static VenueServer start(
      PaperVenue venue,
      MarketDataFeed feed,
      String runId,
      String account,
      LongSupplier clockUs,
      VenueSettings settings)
      throws IOException {
    VenueDesk desk =
        new VenueDesk(new VenueDesk.Parts(venue, feed, runId, account, clockUs), settings);
    VenueServer server = new VenueServer(desk, settings);
    desk.start();
    try {
      server.server.start();
    } catch (Exception e) {
      server.close();
      throw new IOException(
          "cannot listen at " + settings.host() + ":" + settings.port() + ": " + reason(e), e);
    }
    return server;
  }

  /** Where it serves. */
  public URI url() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://" + host + ":" + connector.getLocalPort());
  }

  /** Waits for the end: of the process, or of a venue that cannot go on. */
  public void awaitEnd() throws InterruptedException {
    desk.awaitEnd();
  }

  /** Why the venue has ended by itself, or null. */
  public Throwable failure() {
    return desk.failure();
  }

  @Override
  public void close() {
    desk.close();
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the venue's HTTP server does not stop", e);
    }
  }

  private void configure(ServerWebSocketContainer container) {
    container.setIdleTimeout(IDLE);
    container.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
    container.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
    container.addMapping(
        "/stream", (request, response, callback) -> socket(request, response, callback));
  }

  private StreamSocket socket(
      ServerUpgradeRequest request,
      ServerUpgradeResponse response,
      org.eclipse.jetty.util.Callback callback) {
    Fields query = Request.extractQueryParameters(request);
    long after;
    try {
      String text = query.getValue("after");
      after = text == null ? -1 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      Response.writeError(request, response, callback, Refusal.BAD_REQUEST, "after is no number");
      return null;
    }
    if (sockets.incrementAndGet() > settings.maxSockets()) {
      sockets.decrementAndGet();
      Response.writeError(
          request, response, callback, Refusal.UNAVAILABLE, "too many streams are open");
      return null;
    }
    return new StreamSocket(desk, after, query.getValue("run"), sockets::decrementAndGet);
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
