// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.exchange.RemoteVenue;
import dev.sluice.engine.venue.ExecutionReport;
import dev.sluice.engine.venue.NewOrder;
import dev.sluice.engine.venue.OrderStatus;
import dev.sluice.engine.venue.Venue;
import dev.sluice.engine.venue.VenueListener;
import dev.sluice.schemas.Balance;
import dev.sluice.schemas.OpenOrder;
import dev.sluice.schemas.OrderState;
import dev.sluice.schemas.Position;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Watches one order's way through journal and venue, and says when it has come to a point. */
public final class CrashPoints {
  /** The points of an order's life a process is killed at. */
  public enum Point {
    BEFORE_PERSIST,
    AFTER_PERSIST,
    AFTER_VENUE_ACCEPTED,
    AFTER_LINKING
  }

  private final Point wanted;
  private final boolean stands;
  private String prefix;

  CrashPoints(Point wanted, boolean stands) {
    this.wanted = wanted;
    this.stands = stands;
  }

  /** From now on the order whose id begins so is watched. */
  void arm(String idPrefix) {
    prefix = idPrefix;
  }

  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  Journal watched(Journal journal) {
    return new WatchedJournal(journal);
  }

  WatchedVenue watched(RemoteVenue venue, Account account) {
    return new WatchedVenue(venue, account);
  }

  VenueListener listener(Orders orders, long nowUs) {
    return new VenueListener() {
      @Override
      public void onReport(ExecutionReport report) {
        reached(Point.AFTER_VENUE_ACCEPTED, report.clientOrderId());
        orders.onReport(report, nowUs);
      }

      @Override
      public void onStatus(OrderStatus status) {
        orders.onStatus(status, nowUs);
      }
    };
  }

  private void reached(Point point, String clientOrderId) {
    if (prefix == null || point != wanted || !clientOrderId.startsWith(prefix)) {
      return;
    }
    prefix = null;
    say("AT " + point);
    while (stands) {
      LockSupport.park();
    }
  }

  private final class WatchedJournal implements Journal {
    private final Journal journal;

    WatchedJournal(Journal journal) {
      this.journal = journal;
    }

    @Override
    public Memory load() {
      return journal.load();
    }

    @Override
    public long nextIntent() {
      return journal.nextIntent();
    }

    @Override
    public void save(SavedOrder order) {
      boolean intent = order.state() == OrderState.SUBMITTED;
      if (intent) {
        reached(Point.BEFORE_PERSIST, order.clientOrderId());
      }
      journal.save(order);
      if (intent) {
        reached(Point.AFTER_PERSIST, order.clientOrderId());
      }
    }

    @Override
    public void saveReport(SavedOrder order, String identity, SavedAccount account) {
      journal.saveReport(order, identity, account);
      reached(Point.AFTER_LINKING, order.clientOrderId());
    }

    @Override
    public void saveAccount(SavedAccount account) {
      journal.saveAccount(account);
    }

    @Override
    public int forgetEnded(long beforeUs) {
      return journal.forgetEnded(beforeUs);
    }
  }

  /** Notes what recovery did with the venue. */
  static final class WatchedVenue implements Venue {
    private final RemoteVenue venue;
    private final Account account;
    private boolean recovering = true;
    private int resent;
    private Boolean agreed;

    WatchedVenue(RemoteVenue venue, Account account) {
      this.venue = venue;
      this.account = account;
    }

    void recoveryIsOver() {
      recovering = false;
    }

    /** Whether the journal's book, before anything was adopted, had the venue's positions. */
    boolean agreed() {
      return agreed;
    }

    int resent() {
      return resent;
    }

    void await(long us) {
      venue.await(us);
    }

    @Override
    public void submit(NewOrder order, long nowUs) {
      resent += recovering ? 1 : 0;
      venue.submit(order, nowUs);
    }

    @Override
    public void cancel(String clientOrderId, long nowUs) {
      venue.cancel(clientOrderId, nowUs);
    }

    @Override
    public void query(String clientOrderId, long nowUs) {
      venue.query(clientOrderId, nowUs);
    }

    @Override
    public int poll(long nowUs, VenueListener listener) {
      return venue.poll(nowUs, listener);
    }

    @Override
    public List<OpenOrder> openOrders() {
      return venue.openOrders();
    }

    @Override
    public double queueAhead(String clientOrderId) {
      return venue.queueAhead(clientOrderId);
    }

    @Override
    public List<Position> positions() {
      List<Position> positions = venue.positions();
      if (agreed == null) {
        agreed = account.agrees(positions);
      }
      return positions;
    }

    @Override
    public List<Balance> balances() {
      return venue.balances();
    }
  }
}
