// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.schemas.OrderState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one thread that owns the venue: plays the market to it at the wall clock, takes requests from
 * any thread, and tells the streams. What it is asked comes back as a future, failed with a {@link
 * Refusal} where the venue says no.
 */
final class VenueDesk implements AutoCloseable {
  private static final long MAX_WAIT_US = 5_000L;
  private static final int REQUESTS_PER_TURN = 64;
  private static final long CLOSE_MS = 2_000L;

  /**
   * What is served.
   *
   * @param feed its events are played when the clock reaches their receive time
   * @param runId names this process of the venue
   * @param clockUs epoch microseconds; must not step back
   */
  record Parts(
      PaperVenue venue, MarketDataFeed feed, String runId, String account, LongSupplier clockUs) {}

  private final Parts parts;
  private final BlockingQueue<Runnable> inbox;
  private final TakenOrders memory;
  private final ReportLog log;
  private final Streams streams;
  private final Thread thread;
  private volatile boolean closing;
  private volatile Throwable failure;

  VenueDesk(Parts parts, VenueSettings settings) {
    this.parts = parts;
    this.inbox = new ArrayBlockingQueue<>(settings.maxWaitingRequests());
    this.memory = new TakenOrders(settings.maxRememberedOrders());
    this.log = new ReportLog(settings.keptReports());
    this.streams =
        new Streams(
            log, parts.feed().symbols(), parts.runId(), parts.clockUs().getAsLong(), this::timeUs);
    this.thread = new Thread(this::serve, "venue");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Takes an order; answered with its first report's outcome. */
  CompletableFuture<Wire.Status> submit(NewOrder order) {
    return ask(() -> {
          String id = order.clientOrderId();
          if (memory.knows(id)) {
            return CompletableFuture.<ExecutionReport>failedFuture(Refusal.duplicate(id));
          }
          if (memory.full()) {
            return CompletableFuture.<ExecutionReport>failedFuture(
                new Refusal(
                    Refusal.UNAVAILABLE,
                    "this venue process has taken as many orders as it remembers",
                    "start it afresh"));
          }
          memory.take(id);
          parts.venue().submit(order, nowUs());
          return memory.answer(id);
        })
        .thenApply(
            first -> {
              if (first.state() == OrderState.REJECTED) {
                throw new Refusal(
                    Refusal.UNPROCESSABLE,
                    first.reason(),
                    "the order is rejected for good; mend it and send it under a new id");
              }
              return Wire.Status.of(
                  new OrderStatus(order.clientOrderId(), true, first, List.of(), timeUs()),
                  parts.runId());
            });
  }

  /** Cancels an order if it still rests; answered with how it stands now. */
  CompletableFuture<Wire.Status> cancel(String clientOrderId) {
    return ofKnown(
        clientOrderId,
        () -> {
          parts.venue().cancel(clientOrderId, nowUs());
          deliver();
        });
  }

  /** What has become of an order. */
  CompletableFuture<Wire.Status> status(String clientOrderId) {
    return ofKnown(clientOrderId, () -> {});
  }

  /** What rests now. */
  CompletableFuture<Wire.OpenOrders> openOrders() {
    return ask(
        () -> {
          List<Wire.Report> open = new ArrayList<>();
          parts
              .venue()
              .openOrders()
              .forEach(
                  order -> {
                    ExecutionReport newest = memory.newest(order.clientOrderId());
                    if (newest != null) {
                      open.add(Wire.Report.of(newest));
                    }
                  });
          return done(new Wire.OpenOrders(open, timeUs(), parts.runId()));
        });
  }

  /** Balances and positions. */
  CompletableFuture<Wire.AccountView> account() {
    return ask(
        () ->
            done(
                new Wire.AccountView(
                    parts.account(),
                    parts.venue().balances(),
                    parts.venue().positions(),
                    log.lastSeq(),
                    timeUs(),
                    parts.runId())));
  }

  /** The venue's clock. */
  CompletableFuture<Wire.TimeView> time() {
    return ask(() -> done(new Wire.TimeView(timeUs(), parts.runId())));
  }

  /** How the venue is. */
  CompletableFuture<Wire.HealthView> health() {
    return ask(
        () ->
            done(
                new Wire.HealthView(
                    "ok",
                    parts.runId(),
                    parts.feed().symbols(),
                    log.lastSeq(),
                    parts.venue().openOrders().size(),
                    memory.size(),
                    streams.count())));
  }

  /**
   * Adds one who listens.
   *
   * @param after reports from the one after this number on; negative for only what comes from now
   * @param ofRun the process {@code after} counts in, null for this one; reports of another one
   *     start from the first
   */
  void listen(StreamClient client, long after, String ofRun) {
    boolean taken = offer(() -> streams.add(client, after, ofRun));
    if (!taken) {
      client.end("the venue is too busy");
    }
  }

  void leave(StreamClient client) {
    offer(() -> streams.remove(client));
  }

  /** Why the venue's thread has ended by itself, or null. */
  Throwable failure() {
    return failure;
  }

  /** Waits for the end of the venue's thread. */
  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Wire.Status> ofKnown(String clientOrderId, Runnable action) {
    return ask(
        () -> {
          if (!memory.knows(clientOrderId)) {
            return CompletableFuture.<Wire.Status>failedFuture(Refusal.unknownOrder(clientOrderId));
          }
          action.run();
          return memory
              .answer(clientOrderId)
              .thenApply(
                  first -> Wire.Status.of(memory.status(clientOrderId, timeUs()), parts.runId()));
        });
  }

  /** Has the venue's thread do something; its exceptions become the answer's. */
  private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean taken =
        offer(
            () -> {
              if (closing) {
                answer.completeExceptionally(Refusal.closed());
                return;
              }
              request
                  .get()
                  .whenComplete(
                      (value, problem) -> {
                        if (problem == null) {
                          answer.complete(value);
                        } else {
                          answer.completeExceptionally(problem);
                        }
                      });
            });
    if (!taken) {
      answer.completeExceptionally(
          new Refusal(
              Refusal.UNAVAILABLE,
              failure == null ? "the venue is too busy" : "the venue has failed",
              "try again later"));
    }
    return answer;
  }

  private boolean offer(Runnable task) {
    return !closing && failure == null && inbox.offer(task);
  }

  private static <T> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private void serve() {
    try {
      while (!closing) {
        Runnable task = inbox.poll(waitUs(), TimeUnit.MICROSECONDS);
        playMarket();
        for (int i = 0; task != null && i < REQUESTS_PER_TURN; i++) {
          task.run();
          task = i + 1 < REQUESTS_PER_TURN ? inbox.poll() : null;
        }
        deliver();
        streams.turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      closing = true;
      // Nobody knows what became of those who wait; those who come now are refused.
      memory.fail(Refusal.noAnswer());
      for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
        task.run();
      }
      streams.end();
    }
  }

  private long waitUs() {
    long nextUs = Math.min(parts.feed().nextTimeUs(), parts.venue().nextDueUs());
    return Math.max(0, Math.min(MAX_WAIT_US, nextUs - nowUs()));
  }

  private void playMarket() {
    long nowUs = nowUs();
    MarketEvent event = parts.feed().poll(nowUs);
    while (event != null) {
      parts.venue().onMarket(event);
      deliver();
      streams.market(event);
      event = parts.feed().poll(nowUs);
    }
  }

  private void deliver() {
    parts
        .venue()
        .poll(
            nowUs(),
            report -> {
              log.append(report);
              memory.note(report);
            });
  }

  private long nowUs() {
    return parts.clockUs().getAsLong();
  }

  private long timeUs() {
    return parts.venue().venueTimeUs();
  }
}
