// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.engine.core.TradingEngine;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.edge.KafkaControlLink;
import dev.sluice.engine.kafka.KafkaEventSink;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The loop around a runner: lets it go as far as the pace allows, waits for control where it does
 * not, keeps the venue speaking, reports progress and remembers it. The only thread that trades.
 */
final class RunLoop {
  private static final int STEPS_PER_TURN = 512;
  private static final long HEARTBEAT_NANOS = 100_000_000L;
  private static final long PROGRESS_NANOS = 1_000_000_000L;
  private static final long FOLLOW_UP_NANOS = 30_000_000_000L;
  private static final long WAIT_MS = 20L;
  private static final Duration FLUSH = Duration.ofSeconds(30);

  /** Everything the loop touches. */
  record Parts(
      PacedRunner runner,
      TradingEngine engine,
      GateClient gate,
      KafkaControlLink link,
      CountingSink sink,
      KafkaEventSink kafka,
      WallClock wall) {}

  private final RunPlan plan;
  private final RunSpan span;
  private final Parts parts;
  private final PrintWriter out;
  private final RunState state;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final long startNanos = System.nanoTime();
  private long lastHeartbeatNanos = startNanos;
  private long lastProgressNanos = startNanos;
  private volatile boolean stopAsked;

  RunLoop(RunPlan plan, RunSpan span, Parts parts, PrintWriter out) {
    this.plan = plan;
    this.span = span;
    this.parts = parts;
    this.out = out;
    this.state = new RunState(plan.stateDir(), span.originUs(), span.restarts());
  }

  /** Plays to the end or to a signal; returns the exit code. */
  int play() {
    Thread onSignal = new Thread(this::stop, "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      while (!parts.runner().finished() && !stopAsked) {
        turn();
      }
      if (stopAsked) {
        parts.runner().stop();
      } else {
        followUp();
        state.finish(parts.engine().equity(), parts.engine().dayStartEquity());
      }
      boolean flushed = parts.kafka().flush(FLUSH);
      if (plan.summaryLine()) {
        print(line("summary").put("flushed", flushed));
      }
      return stopAsked ? EngineMain.EXIT_SIGNAL : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EngineMain.EXIT_SIGNAL;
    } catch (RuntimeException | Error e) {
      cancelAllAfter(e);
      throw e;
    } finally {
      stopped.countDown();
      removeHook(onSignal);
    }
  }

  /** An engine that cannot go on leaves no order behind. */
  private void cancelAllAfter(Throwable failure) {
    try {
      parts.runner().stop();
    } catch (RuntimeException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private void turn() throws InterruptedException {
    long wallUs = parts.wall().nowUs();
    long limitUs =
        plan.pace()
            .limitUs(
                span.startUs(), System.nanoTime() - startNanos, wallUs, parts.gate().watermarkUs());
    state.reserve(limitUs, parts.engine().equity(), parts.engine().dayStartEquity());
    int steps = parts.runner().run(limitUs, STEPS_PER_TURN);
    if (steps == 0) {
      waitForControl();
    }
    progress();
  }

  private void waitForControl() throws InterruptedException {
    boolean realtime = plan.pace().kind() == Pace.Kind.REALTIME;
    parts.link().await(realtime ? 1L : WAIT_MS, TimeUnit.MILLISECONDS);
    parts.runner().idle(realtime ? parts.wall().nowUs() : parts.runner().nowUs());
    long nowNanos = System.nanoTime();
    if (!realtime && nowNanos - lastHeartbeatNanos >= HEARTBEAT_NANOS) {
      lastHeartbeatNanos = nowNanos;
      parts.runner().heartbeat();
    }
  }

  /** After the end: stays until the judge has judged the last bucket, or for a while. */
  private void followUp() throws InterruptedException {
    long untilNanos = System.nanoTime() + FOLLOW_UP_NANOS;
    long endUs = parts.runner().endUs();
    boolean judged = plan.pace().kind() == Pace.Kind.REALTIME;
    while (!judged && !stopAsked && System.nanoTime() < untilNanos) {
      waitForControl();
      progress();
      judged = parts.gate().watermarkUs() >= endUs && !parts.gate().awaitsEffect();
    }
  }

  private void progress() {
    long nowNanos = System.nanoTime();
    if (plan.progressLines() && nowNanos - lastProgressNanos >= PROGRESS_NANOS) {
      lastProgressNanos = nowNanos;
      print(line("progress"));
    }
  }

  private ObjectNode line(String type) {
    ObjectNode node = Json.mapper().createObjectNode();
    long nowUs = parts.runner().nowUs();
    long watermarkUs = parts.gate().watermarkUs();
    node.put("type", type)
        .put("engine_id", plan.config().engineId())
        .put("run_id", span.runId())
        .put("event_time_us", nowUs)
        .put("event_time", Instant.ofEpochSecond(nowUs / 1_000_000L).toString())
        .put("wall_s", (System.nanoTime() - startNanos) / 1e9)
        .put("events", parts.sink().total())
        .put("ticks", parts.sink().ticks())
        .put("orders", parts.sink().orders())
        .put("fills", parts.sink().fills())
        .put("healths", parts.sink().healths())
        .put("ledgers", parts.sink().ledgers())
        .put("dropped", parts.sink().dropped())
        .put("waiting", parts.kafka().waiting())
        .put("lost_acks", parts.link().lostAcks())
        .put("skipped_records", parts.link().skippedRecords())
        .put(
            "refused_records",
            parts.link().refusedRecords().values().stream().mapToLong(n -> n).sum())
        .put("mode", parts.engine().mode().name())
        .put("epoch", parts.gate().applied().epoch())
        .put("lease_left_ms", parts.gate().leaseLeftMs())
        .put("equity", parts.engine().equity())
        .put("state_hash", Long.toHexString(parts.engine().stateHash()))
        .set("positions", Json.mapper().valueToTree(parts.engine().positions()));
    ObjectNode refused = node.putObject("refused");
    parts.link().refusedRecords().forEach((why, count) -> refused.put(why.word(), count));
    if (watermarkUs != Long.MIN_VALUE) {
      node.put("watermark_us", watermarkUs).put("lag_s", (nowUs - watermarkUs) / 1e6);
    }
    return node;
  }

  private void print(ObjectNode node) {
    out.println(node);
    out.flush();
  }

  private void stop() {
    stopAsked = true;
    try {
      stopped.await(10L, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is going down already: the hook is what waits for us.
      stopAsked = true;
    }
  }
}
