// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Wire.AccountView;
import dev.sluice.engine.exchange.Wire.OrderRequest;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.venue.DrivenVenue;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A venue in another process ({@link VenueServer}). Submitting, cancelling and asking only send;
 * what comes of it is handed over in {@link #poll}, on the engine's thread.
 *
 * <p>An order whose answer is lost is not sent again: it stays unanswered until the engine asks for
 * it by its client order id. An order the venue refused before its book saw it (a bad request, a
 * busy venue) is reported REJECTED here. A cancel is repeated, since that does no harm.
 *
 * <p>When the venue process was replaced, or reports were lost on its side, every order that rested
 * is asked for.
 *
 * <p>The methods of {@link dev.sluice.engine.venue.Venue} are for one thread.
 */
public final class RemoteVenue implements DrivenVenue, AutoCloseable {
  private static final int OK_BELOW = 300;
  private static final int CANCEL_ATTEMPTS = 3;
  private static final long DRAIN_MS = 2_000L;

  /** One of {@code report}, {@code status} and {@code askAll} is set. */
  private record Inbound(
      long arrivalUs, ExecutionReport report, OrderStatus status, boolean askAll) {}

  private final RemoteVenueSettings settings;
  private final LongSupplier clockUs;
  private final VenueHttp http;
  private final VenueStream stream;
  private final RemoteFeed feed;
  private final LinkedBlockingDeque<Inbound> inbox = new LinkedBlockingDeque<>();
  private final Map<String, OpenOrder> open = new LinkedHashMap<>();
  private final AtomicLong unanswered = new AtomicLong();
  private volatile long venueAheadUs;
  private String runId;

  private RemoteVenue(
      URI base, List<String> symbols, LongSupplier clockUs, RemoteVenueSettings settings) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(settings.connectMs()))
            .build();
    this.settings = settings;
    this.clockUs = clockUs;
    this.http = new VenueHttp(base, client, settings);
    this.feed = new RemoteFeed(symbols);
    http.traded(symbols);
    // What happens between these answers comes with the stream, which starts after the first.
    AccountView account = http.get("/account", AccountView.class);
    this.runId = account.runId();
    for (Wire.Report order : http.get("/orders", Wire.OpenOrders.class).orders()) {
      mirror(order.report());
    }
    this.stream =
        new VenueStream(base, client, settings, runId, account.lastSeq(), new StreamListener());
  }

  /**
   * Connects to a venue.
   *
   * @param url such as http://127.0.0.1:9200
   * @param symbols what is to be traded
   * @param clockUs the engine's clock, epoch microseconds: what arrives is stamped with it
   * @throws VenueUnreachableException when no venue answers there in time, or it does not trade
   *     these symbols
   */
  public static RemoteVenue connect(
      URI url, List<String> symbols, LongSupplier clockUs, RemoteVenueSettings settings) {
    RemoteVenue venue = new RemoteVenue(url, symbols, clockUs, settings);
    venue.stream.start();
    return venue;
  }

  /** Market data as it arrives. */
  public MarketDataFeed feed() {
    return feed;
  }

  @Override
  public void submit(NewOrder order, long nowUs) {
    if (http.inFlight() >= settings.maxInFlight()) {
      inbox.add(reported(rejected(order, "too many requests in flight")));
      return;
    }
    byte[] body = Json.write(OrderRequest.of(order));
    http.send(order.clientOrderId(), "POST", "/orders", body)
        .whenComplete((response, problem) -> submitted(order, response, problem));
  }

  @Override
  public void cancel(String clientOrderId, long nowUs) {
    cancel(clientOrderId, CANCEL_ATTEMPTS);
  }

  @Override
  public void query(String clientOrderId, long nowUs) {
    http.send(clientOrderId, "GET", "/orders/" + clientOrderId, null)
        .whenComplete((response, problem) -> answered(clientOrderId, response, problem));
  }

  @Override
  public int poll(long nowUs, VenueListener listener) {
    int delivered = 0;
    Inbound next = inbox.peek();
    while (next != null && next.arrivalUs() <= nowUs) {
      inbox.remove();
      deliver(next, nowUs, listener);
      delivered++;
      next = inbox.peek();
    }
    return delivered;
  }

  /** Orders resting, as far as the polled reports say. */
  @Override
  public List<OpenOrder> openOrders() {
    return new ArrayList<>(open.values());
  }

  /** Not told by the venue: NaN. */
  @Override
  public double queueAhead(String clientOrderId) {
    return Double.NaN;
  }

  /**
   * Asks the venue and waits.
   *
   * @throws VenueUnreachableException when it does not answer in time
   */
  @Override
  public List<Position> positions() {
    return http.get("/account", AccountView.class).positions();
  }

  /**
   * Asks the venue and waits.
   *
   * @throws VenueUnreachableException when it does not answer in time
   */
  @Override
  public List<Balance> balances() {
    return http.get("/account", AccountView.class).balances();
  }

  /** The venue sees its own market. */
  @Override
  public void onMarket(MarketEvent event) {}

  /** The venue's time passes by itself. */
  @Override
  public int doWork(long nowUs) {
    return 0;
  }

  /** The venue shows its own signs of life. */
  @Override
  public void heartbeat(long nowUs) {}

  @Override
  public long nextDueUs() {
    Inbound next = inbox.peek();
    return next == null ? Long.MAX_VALUE : next.arrivalUs();
  }

  @Override
  public void await(long us) {
    try {
      Inbound next = inbox.poll(us, TimeUnit.MICROSECONDS);
      if (next != null) {
        inbox.addFirst(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Orders, cancels and queries that got no answer, for whatever reason. */
  public long unanswered() {
    return unanswered.get();
  }

  /** Streams opened so far: more than one when the connection was lost. */
  public long streamConnects() {
    return stream.connects();
  }

  /** Lets requests under way end, at most 2 s, and disconnects. */
  @Override
  public void close() {
    http.drain(DRAIN_MS);
    stream.close();
  }

  private void deliver(Inbound next, long nowUs, VenueListener listener) {
    if (next.report() != null) {
      mirror(next.report());
      listener.onReport(next.report());
    } else if (next.status() != null) {
      OrderStatus status = next.status();
      if (status.known()) {
        mirror(status.newest());
      } else {
        open.remove(status.clientOrderId());
      }
      listener.onStatus(status);
    } else {
      List.copyOf(open.keySet()).forEach(id -> query(id, nowUs));
    }
  }

  private void mirror(ExecutionReport report) {
    if (report.state().terminal()) {
      open.remove(report.clientOrderId());
    } else {
      open.put(
          report.clientOrderId(),
          new OpenOrder(
              report.clientOrderId(),
              report.symbol(),
              report.side(),
              report.qty(),
              report.cumQty()));
    }
  }

  private void submitted(NewOrder order, HttpResponse<byte[]> response, Throwable problem) {
    if (problem != null) {
      unanswered.incrementAndGet();
      return;
    }
    switch (response.statusCode()) {
      // Accepted, or rejected by the book: the report comes with the stream.
      case 200, 201, Refusal.UNPROCESSABLE -> {}
      case Refusal.CONFLICT -> query(order.clientOrderId(), 0L);
      case Refusal.BAD_REQUEST, Refusal.TOO_LARGE, Refusal.UNSUPPORTED_TYPE, Refusal.UNAVAILABLE ->
          inbox.add(reported(rejected(order, VenueHttp.error(response))));
      default -> unanswered.incrementAndGet();
    }
  }

  private void cancel(String clientOrderId, int attemptsLeft) {
    http.send(clientOrderId, "DELETE", "/orders/" + clientOrderId, null)
        .whenComplete(
            (response, problem) -> {
              boolean failed =
                  problem != null
                      || response.statusCode() == Refusal.UNAVAILABLE
                      || response.statusCode() == Refusal.TIMEOUT;
              if (failed && attemptsLeft > 1) {
                CompletableFuture.delayedExecutor(settings.firstRetryMs(), TimeUnit.MILLISECONDS)
                    .execute(() -> cancel(clientOrderId, attemptsLeft - 1));
              } else if (failed) {
                unanswered.incrementAndGet();
              }
            });
  }

  private void answered(String clientOrderId, HttpResponse<byte[]> response, Throwable problem) {
    OrderStatus status = problem == null ? status(clientOrderId, response) : null;
    if (status == null) {
      unanswered.incrementAndGet();
    } else {
      inbox.add(new Inbound(clockUs.getAsLong(), null, status, false));
    }
  }

  /** What an answer says of an order, null when it says nothing. */
  private OrderStatus status(String clientOrderId, HttpResponse<byte[]> response) {
    boolean unknown =
        response.statusCode() == Refusal.NOT_FOUND
            && VenueHttp.error(response).equals(Wire.UNKNOWN_ORDER);
    if (unknown) {
      return OrderStatus.unknown(clientOrderId, venueTimeUs());
    }
    try {
      return response.statusCode() < OK_BELOW
          ? Json.read(response.body(), Wire.Status.class).status()
          : null;
    } catch (MalformedException e) {
      return null;
    }
  }

  private Inbound reported(ExecutionReport report) {
    return new Inbound(clockUs.getAsLong(), report, null, false);
  }

  private ExecutionReport rejected(NewOrder order, String reason) {
    return new ExecutionReport(
        order.clientOrderId(),
        null,
        order.symbol(),
        order.side(),
        OrderState.REJECTED,
        order.price(),
        order.qty(),
        BigDecimal.ZERO,
        null,
        null,
        null,
        null,
        null,
        null,
        Double.NaN,
        venueTimeUs(),
        reason);
  }

  /** The venue's clock as far as the stream's newest message tells. */
  private long venueTimeUs() {
    return clockUs.getAsLong() + venueAheadUs;
  }

  private final class StreamListener implements VenueStream.Listener {
    @Override
    public void onMessage(Wire.Message message) {
      long nowUs = clockUs.getAsLong();
      venueAheadUs = message.venueTimeUs() - nowUs;
      switch (message.type()) {
        case REPORT -> inbox.add(new Inbound(nowUs, message.report().report(), null, false));
        case MARKET -> feed.add(message.market().event(nowUs));
        case GAP -> inbox.add(new Inbound(nowUs, null, null, true));
        case HELLO -> {
          if (!message.runId().equals(runId)) {
            runId = message.runId();
            inbox.add(new Inbound(nowUs, null, null, true));
          }
        }
        case TIME -> {}
      }
    }

    @Override
    public boolean hasRoom() {
      return inbox.size() + feed.size() < settings.maxBacklog();
    }
  }
}
