// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a venue, kept open: a lost or silent connection is opened anew, with a growing
 * wait, from the report after the last one heard. Everything happens on one thread of its own.
 * Messages are asked for one by one, so a listener that is slow holds the venue up, not the memory.
 */
final class VenueStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VenueStream.class);
  private static final int MAX_MESSAGE_CHARS = 4_000_000;
  private static final long CHECK_MS = 250L;
  private static final long HELD_UP_MS = 5L;

  /** Hears the stream; called on the stream's thread. */
  interface Listener {
    /** One message, each report exactly once and in order within one run of the venue. */
    void onMessage(Wire.Message message);

    /** False while there is no room for another message. */
    boolean hasRoom();
  }

  private final URI base;
  private final HttpClient client;
  private final RemoteVenueSettings settings;
  private final Listener listener;
  private final ScheduledThreadPoolExecutor thread;

  private Connection connection;
  private String runId;
  private long lastSeq;
  private long retryMs;
  private boolean closed;
  private final AtomicLong connects = new AtomicLong();

  VenueStream(
      URI base,
      HttpClient client,
      RemoteVenueSettings settings,
      String runId,
      long lastSeq,
      Listener listener) {
    this.base = base;
    this.client = client;
    this.settings = settings;
    this.runId = runId;
    this.lastSeq = lastSeq;
    this.listener = listener;
    this.retryMs = settings.firstRetryMs();
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread created = new Thread(task, "venue-stream");
              created.setDaemon(true);
              return created;
            },
            new ThreadPoolExecutor.DiscardPolicy());
  }

  void start() {
    thread.execute(this::connect);
    thread.scheduleWithFixedDelay(this::watch, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
  }

  /** Connections that were opened so far. */
  long connects() {
    return connects.get();
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          closed = true;
          drop();
        });
    thread.shutdown();
  }

  private void connect() {
    if (closed) {
      return;
    }
    Connection next = new Connection();
    connection = next;
    String scheme = "https".equals(base.getScheme()) ? "wss" : "ws";
    URI uri =
        URI.create(
            scheme + "://" + base.getAuthority() + "/stream?after=" + lastSeq + "&run=" + runId);
    client
        .newWebSocketBuilder()
        .connectTimeout(Duration.ofMillis(settings.connectMs()))
        .buildAsync(uri, next)
        .exceptionally(
            problem -> {
              later(() -> lost(next));
              return null;
            });
  }

  private void lost(Connection which) {
    if (closed || connection != which) {
      return;
    }
    drop();
    later(this::connect, retryMs);
    retryMs = Math.min(settings.lastRetryMs(), retryMs * 2);
  }

  private void drop() {
    Connection dropped = connection;
    connection = null;
    if (dropped != null && dropped.socket != null) {
      dropped.socket.abort();
    }
  }

  private void watch() {
    Connection current = connection;
    if (current == null || current.heldUp) {
      return;
    }
    long silentNanos = System.nanoTime() - current.heardNanos;
    if (silentNanos > TimeUnit.MILLISECONDS.toNanos(settings.silenceMs())) {
      lost(current);
    }
  }

  private void take(Connection from, String text) {
    if (closed || connection != from) {
      return;
    }
    from.heardNanos = System.nanoTime();
    try {
      Wire.Message message = Json.read(text.getBytes(StandardCharsets.UTF_8), Wire.Message.class);
      hear(message);
    } catch (MalformedException | RuntimeException e) {
      LOG.warn("the venue at {} says what cannot be read: {}", base, e.toString());
      lost(from);
      return;
    }
    askForMore(from);
  }

  private void hear(Wire.Message message) {
    retryMs = settings.firstRetryMs();
    switch (message.type()) {
      case HELLO -> {
        connects.incrementAndGet();
        boolean otherRun = !message.runId().equals(runId);
        if (otherRun) {
          runId = message.runId();
          lastSeq = 0;
        }
        listener.onMessage(message);
      }
      case REPORT -> {
        if (message.seq() > lastSeq) {
          lastSeq = message.seq();
          listener.onMessage(message);
        }
      }
      case GAP -> {
        lastSeq = Math.max(lastSeq, message.lastSeq());
        listener.onMessage(message);
      }
      case MARKET, TIME -> listener.onMessage(message);
    }
  }

  private void askForMore(Connection from) {
    if (closed || connection != from) {
      return;
    }
    from.heldUp = !listener.hasRoom();
    if (from.heldUp) {
      from.heardNanos = System.nanoTime();
      later(() -> askForMore(from), HELD_UP_MS);
    } else {
      from.socket.request(1);
    }
  }

  private void later(Runnable task) {
    later(task, 0L);
  }

  private void later(Runnable task, long ms) {
    thread.schedule(task, ms, TimeUnit.MILLISECONDS);
  }

  private final class Connection implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();
    private WebSocket socket;
    private boolean heldUp;
    private volatile long heardNanos = System.nanoTime();

    @Override
    public void onOpen(WebSocket opened) {
      later(
          () -> {
            socket = opened;
            if (closed || connection != this) {
              opened.abort();
            } else {
              opened.request(1);
            }
          });
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (parts.length() > MAX_MESSAGE_CHARS) {
        later(() -> lost(this));
      } else if (last) {
        String text = parts.toString();
        parts.setLength(0);
        later(() -> take(this, text));
      } else {
        from.request(1);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
      later(() -> lost(this));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      later(() -> lost(this));
    }
  }
}
