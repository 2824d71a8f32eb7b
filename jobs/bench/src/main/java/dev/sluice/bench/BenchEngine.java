// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.engine.gate.AckSink;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.gate.WorkingOrder;
import dev.sluice.engine.gate.edge.FileEpochStore;
import dev.sluice.engine.gate.edge.KafkaControlLink;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An engine with one resting quote and nothing else to do: it obeys, cancels the quote when the
 * mode forbids it, quotes again when it may, and notes the nanosecond of each step.
 */
final class BenchEngine implements AutoCloseable {
  private static final OpenWork QUOTING =
      new OpenWork(
          List.of(new WorkingOrder("quote", "SIMUSDT", Side.BUY, BigDecimal.ONE, Purpose.QUOTE)),
          List.of());
  private static final long ANCHOR_NANOS = System.nanoTime();
  private static final long ANCHOR_US = System.currentTimeMillis() * 1_000;
  private static final long ANSWER_S = 30;
  private static final long WAIT_MS = 20;
  private static final long PATIENCE_MS = 200;

  /** A mode that came into force, or (with {@code effective}) was confirmed. */
  record Moment(Mode mode, boolean effective, long nanos) {}

  private final BlockingQueue<Moment> moments = new LinkedBlockingQueue<>();
  private final FileEpochStore store;
  private final KafkaControlLink link;
  private final GateClient client;
  private final Thread thread;
  private OpenWork work = QUOTING;
  private volatile boolean stopped;

  BenchEngine(String bootstrap, String engineId, Path directory) {
    store = new FileEpochStore(directory.resolve(engineId + ".epoch"));
    link = new KafkaControlLink(KafkaAccess.plain(bootstrap), engineId, BenchEngine::wallUs);
    AckSink acks = this::acknowledge;
    client =
        new GateClient(
            new GateIdentity(engineId, "bench", Source.LIVE),
            GateClientSettings.defaults(),
            store,
            acks);
    thread = new Thread(this::run, "bench-engine");
    thread.start();
  }

  /** Waits for the next moment of this kind; returns its nanosecond. Calls out while it waits. */
  long await(Mode mode, boolean effective, Runnable nothingYet) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_S);
    while (System.nanoTime() < deadline) {
      Moment moment = moments.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
      if (moment == null) {
        nothingYet.run();
      } else if (moment.mode() == mode && moment.effective() == effective) {
        return moment.nanos();
      }
    }
    throw new IllegalStateException("no " + mode + " within " + ANSWER_S + " s");
  }

  private void run() {
    try {
      while (!stopped) {
        link.await(WAIT_MS, TimeUnit.MILLISECONDS);
        turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    long epoch = client.applied().epoch();
    link.poll(client);
    if (client.applied().epoch() != epoch) {
      moments.add(new Moment(client.applied().mode(), false, System.nanoTime()));
      // This venue confirms a cancel at once.
      work = client.applied().mode() == Mode.RUN ? QUOTING : OpenWork.NONE;
    }
    client.doWork(wallUs(), wallUs(), work);
  }

  private void acknowledge(Ack ack) {
    link.send(ack);
    if (ack.status() == AckStatus.EFFECTIVE) {
      moments.add(new Moment(ack.mode(), true, System.nanoTime()));
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    link.close();
    store.close();
  }

  /** The wall clock, taken once and continued monotonically, epoch microseconds. */
  static long wallUs() {
    return ANCHOR_US + (System.nanoTime() - ANCHOR_NANOS) / 1_000;
  }
}
