// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;

/** One WebSocket of the stream (public for Jetty); what the client says is ignored. */
public final class StreamSocket extends Session.Listener.AbstractAutoDemanding
    implements StreamClient {
  // A message that cannot be sent ends the stream: nothing is left out silently.

  /** Messages on their way to one client; beyond it the client has to catch up first. */
  private static final int MAX_UNDER_WAY = 1_024;

  private final VenueDesk desk;
  private final long after;
  private final String ofRun;
  private final Runnable onClose;
  private final AtomicInteger underWay = new AtomicInteger();

  StreamSocket(VenueDesk desk, long after, String ofRun, Runnable onClose) {
    this.desk = desk;
    this.after = after;
    this.ofRun = ofRun;
    this.onClose = onClose;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    super.onWebSocketOpen(session);
    desk.listen(this, after, ofRun);
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    desk.leave(this);
    onClose.run();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // The close that follows says all.
  }

  @Override
  public boolean ready() {
    return underWay.get() < MAX_UNDER_WAY;
  }

  @Override
  public void send(String text) {
    Session session = getSession();
    underWay.incrementAndGet();
    session.sendText(
        text,
        Callback.from(
            underWay::decrementAndGet,
            failure -> {
              underWay.decrementAndGet();
              session.disconnect();
            }));
  }

  @Override
  public void end(String reason) {
    Session session = getSession();
    if (session != null) {
      session.close(StatusCode.SERVICE_RESTART, reason, Callback.NOOP);
    }
  }
}
