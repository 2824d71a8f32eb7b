// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.engine.market.MarketEvent;
import dev.sluice.engine.market.OrderBook;
import dev.sluice.engine.market.SeededRandom;
import dev.sluice.engine.venue.DrivenVenue;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.SnapshotStatus;
import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A deterministic paper exchange. Give it every market event ({@link #onMarket}) and time ({@link
 * #doWork}), also while the engine's trading loop is silent: it then goes on filling resting orders
 * and publishing its drop copy and, at each border of its ledger interval on its own clock, a
 * ledger snapshot of the state before that border.
 *
 * <p>It sees the market at its receive time. Requests and reports take the latency of their way and
 * keep their order; only a fault lets reports overtake each other, get lost or come twice. Of
 * things due at the same time a ledger border comes first, then requests, then the market event.
 * Everything published carries the venue's clock: engine time plus the offset.
 *
 * <p>A cancel that comes too late has no answer of its own: the report of the fill is on its way. A
 * cancel without a resting order is counted ({@link #cancelsWithoutOrder}).
 *
 * <p>Not thread-safe; the publisher is called from within. Times are epoch microseconds of the
 * engine's clock unless said otherwise; time that goes backward is taken as standing still.
 */
public final class PaperVenue implements DrivenVenue {
  /** One of {@code order}, {@code cancelId} and {@code queryId} is set. */
  private record Request(long arrivalUs, NewOrder order, String cancelId, String queryId) {}

  /** One of {@code report} and {@code status} is set. */
  private record DueReport(long dueUs, long number, ExecutionReport report, OrderStatus status)
      implements Comparable<DueReport> {
    @Override
    public int compareTo(DueReport other) {
      int byTime = Long.compare(dueUs, other.dueUs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    void tell(VenueListener listener) {
      if (report != null) {
        listener.onReport(report);
      } else {
        listener.onStatus(status);
      }
    }
  }

  private final PaperVenueSettings settings;
  private final VenueFaults faults;
  private final VenueReporter reporter;
  private final PaperExchange exchange;
  private final SeededRandom latencies;
  private final Queue<Request> requests = new ArrayDeque<>();
  private final Queue<DueReport> reports = new PriorityQueue<>();
  private final ForeignOrders foreign;

  private long reportCount;
  private long lostReports;
  private long clockUs;
  private long nextBorderUs;
  private long lastArrivalUs;
  private long lastReportUs;
  private long cancelsWithoutOrder;

  /** A venue without faults. */
  public PaperVenue(
      PaperVenueSettings settings,
      VenueIdentity identity,
      VenuePublisher publisher,
      long seed,
      long startUs) {
    this(settings, identity, publisher, VenueFaults.NONE, seed, startUs);
  }

  /**
   * Opens a venue.
   *
   * @param startUs engine time at which it opens; its first snapshot is at the first border of its
   *     own clock not before it
   */
  public PaperVenue(
      PaperVenueSettings settings,
      VenueIdentity identity,
      VenuePublisher publisher,
      VenueFaults faults,
      long seed,
      long startUs) {
    this.settings = settings;
    this.faults = faults;
    this.reporter = new VenueReporter(identity, publisher);
    this.latencies = SeededRandom.of(seed, "venue latency");
    this.exchange =
        new PaperExchange(
            settings, identity, faults, reporter, seed, this::venueTimeUs, this::send);
    this.foreign = new ForeignOrders(settings.instruments().get(0));
    this.clockUs = startUs;
    long interval = settings.ledgerIntervalUs();
    long border = -Math.floorDiv(-rightTimeUs(), interval) * interval;
    this.nextBorderUs = border - settings.clockOffsetUs();
  }

  /** Takes a market event at its receive time; requests that arrive before it go first. */
  @Override
  public void onMarket(MarketEvent event) {
    advance(event.receiveTimeUs());
    exchange.onMarket(event);
  }

  /** Lets the venue's time pass; returns how many requests and snapshots it dealt with. */
  @Override
  public int doWork(long nowUs) {
    return advance(nowUs);
  }

  /**
   * Publishes the newest ledger snapshot again, with the next seq and the same as-of time: a sign
   * of life while event time stands still. Makes one of the present when there is none.
   */
  @Override
  public void heartbeat(long nowUs) {
    advance(nowUs);
    if (!reporter.repeatLedger()) {
      publishLedger();
    }
  }

  @Override
  public void submit(NewOrder order, long nowUs) {
    advance(nowUs);
    if (requests.size() >= settings.maxRequestsInFlight()) {
      exchange.reject(order, "too many requests in flight");
    } else {
      requests.add(new Request(arrivalUs(nowUs), order, null, null));
    }
  }

  @Override
  public void cancel(String clientOrderId, long nowUs) {
    advance(nowUs);
    requests.add(new Request(arrivalUs(nowUs), null, clientOrderId, null));
  }

  @Override
  public void query(String clientOrderId, long nowUs) {
    advance(nowUs);
    requests.add(new Request(arrivalUs(nowUs), null, null, clientOrderId));
  }

  @Override
  public int poll(long nowUs, VenueListener listener) {
    advance(nowUs);
    int delivered = 0;
    while (!reports.isEmpty() && reports.peek().dueUs() <= nowUs) {
      reports.remove().tell(listener);
      delivered++;
    }
    return delivered;
  }

  @Override
  public List<OpenOrder> openOrders() {
    return exchange.openOrders();
  }

  @Override
  public double queueAhead(String clientOrderId) {
    return exchange.queueAhead(clientOrderId);
  }

  @Override
  public List<Position> positions() {
    return exchange.ledger().positions();
  }

  @Override
  public List<Balance> balances() {
    return exchange.balances();
  }

  /** The venue's own books, to read. */
  public VenueLedger ledger() {
    return exchange.ledger();
  }

  /** The market as the venue sees it, to read; null for a symbol it does not trade. */
  public OrderBook book(String symbol) {
    return exchange.book(symbol);
  }

  /** The venue's clock: engine time plus the offset, unless a fault makes it wrong. */
  public long venueTimeUs() {
    return faults.clockUs(rightTimeUs());
  }

  private long rightTimeUs() {
    return clockUs + settings.clockOffsetUs();
  }

  /** Engine time of the next request or report that waits, {@link Long#MAX_VALUE} if none does. */
  @Override
  public long nextDueUs() {
    long arrival = requests.isEmpty() ? Long.MAX_VALUE : requests.peek().arrivalUs();
    long report = reports.isEmpty() ? Long.MAX_VALUE : reports.peek().dueUs();
    return Math.min(arrival, report);
  }

  /** Cancels that found no resting order: it was filled before, or never known. */
  public long cancelsWithoutOrder() {
    return cancelsWithoutOrder;
  }

  /** Reports that a fault has swallowed on their way to the engine. */
  public long lostReports() {
    return lostReports;
  }

  private int advance(long toUs) {
    int work = 0;
    while (true) {
      long arrivalUs = requests.isEmpty() ? Long.MAX_VALUE : requests.peek().arrivalUs();
      long dueUs = Math.min(arrivalUs, nextBorderUs);
      if (dueUs > toUs) {
        break;
      }
      clockUs = Math.max(clockUs, dueUs);
      if (nextBorderUs <= arrivalUs) {
        nextBorderUs += settings.ledgerIntervalUs();
        publishLedger();
      } else {
        handle(requests.remove());
      }
      work++;
    }
    clockUs = Math.max(clockUs, toUs);
    foreign.follow(faults.foreignOrders(clockUs), exchange, clockUs);
    return work;
  }

  private void handle(Request request) {
    if (request.order() != null) {
      exchange.accept(request.order(), clockUs);
    } else if (request.queryId() != null) {
      answer(exchange.status(request.queryId()));
    } else if (!exchange.cancel(request.cancelId(), clockUs)) {
      cancelsWithoutOrder++;
    }
  }

  private void publishLedger() {
    SnapshotStatus status = faults.snapshotStatus(clockUs);
    boolean failed = status == SnapshotStatus.FAILED;
    boolean whole = status == SnapshotStatus.OK;
    VenueLedger ledger = exchange.ledger();
    reporter.ledger(
        venueTimeUs(),
        status,
        failed ? List.of() : balances(),
        whole ? positions() : List.of(),
        whole ? openOrders() : List.of(),
        whole ? faults.fees(ledger.fees(), clockUs) : null,
        whole ? ledger.turnover() : null);
  }

  private void send(ExecutionReport report) {
    long dueUs = dueUs();
    if (foreign.holds(report.clientOrderId())) {
      return;
    }
    VenueFaults.Delivery delivery = faults.delivery(report, clockUs);
    if (delivery.lost()) {
      lostReports++;
      return;
    }
    reports.add(new DueReport(dueUs + delivery.extraUs(), ++reportCount, report, null));
    if (delivery.repeatAfterUs() >= 0) {
      long againUs = dueUs + delivery.extraUs() + delivery.repeatAfterUs();
      reports.add(new DueReport(againUs, ++reportCount, report, null));
    }
  }

  private void answer(OrderStatus status) {
    reports.add(new DueReport(dueUs(), ++reportCount, null, status));
  }

  private long dueUs() {
    lastReportUs = Math.max(lastReportUs, clockUs + settings.fromVenue().drawUs(latencies));
    return lastReportUs;
  }

  private long arrivalUs(long nowUs) {
    long takesUs = settings.toVenue().drawUs(latencies) + faults.extraLatencyUs(nowUs);
    lastArrivalUs = Math.max(lastArrivalUs, Math.max(clockUs, nowUs) + takesUs);
    return lastArrivalUs;
  }
}
