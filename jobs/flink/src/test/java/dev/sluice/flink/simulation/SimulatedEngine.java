// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.gate.WorkingOrder;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An engine and its venue: trades by a plan of good and bad stretches, publishes what it does, and
 * obeys by the real {@link GateClient}. Its event time is the virtual wall clock.
 */
final class SimulatedEngine {
  static final long TURN_MS = 500;

  /** Longest time a cancel takes at the venue. */
  private static final int MAX_CANCEL_MS = 1_500;

  final String engineId;
  final List<Applied> applied = new ArrayList<>();
  final List<Ack> acks = new ArrayList<>();
  private final Random random;
  private final EngineTopics topics;
  private final EnginePlan plan;
  private final Partition ackTopic;
  private final SavedEpoch store = new SavedEpoch();
  private final List<WorkingOrder> open = new ArrayList<>();
  private GateClient client;
  private int run;
  private boolean up;
  private int controlRead;
  private long cancelledAtMs;
  private long leaseAtMs = Long.MIN_VALUE / 2;
  private int orders;

  /** One record this engine applied. */
  record Applied(long epoch, String decisionId, Mode mode, long atMs) {}

  SimulatedEngine(String engineId, EngineTopics topics, EnginePlan plan, Random random) {
    this.engineId = engineId;
    this.topics = topics;
    this.plan = plan;
    this.random = random;
    this.ackTopic = topics.acks;
  }

  /** Starts the process, again after a {@link #kill}: a new run that reads control to its end. */
  void start(List<Control> controlTopic, long nowMs) {
    run++;
    up = true;
    topics.newRun(engineId + "-run-" + run);
    client =
        new GateClient(
            new GateIdentity(engineId, engineId + "-run-" + run, Source.SIMULATED),
            GateClientSettings.defaults(),
            store,
            ack -> {
              acks.add(ack);
              ackTopic.append(ack, nowMsOf(ack));
            });
    controlRead = controlTopic.size();
    controlTopic.forEach(control -> client.onControl(control, nowMs * 1_000));
    client.controlReadToEnd(nowMs * 1_000);
    note(nowMs);
  }

  /** The process dies; what it has at the venue is cancelled there. */
  void kill() {
    up = false;
    open.clear();
  }

  boolean up() {
    return up;
  }

  /** How many control records it has read. */
  int controlRead() {
    return controlRead;
  }

  void onControl(Control control, long nowMs) {
    controlRead++;
    client.onControl(control, nowMs * 1_000);
    note(nowMs);
  }

  void onLease(Lease lease, long nowMs) {
    if (lease.controlEpoch() >= client.applied().epoch()) {
      leaseAtMs = nowMs;
    }
    client.onLease(lease, nowMs * 1_000);
  }

  /** One turn of its loop, every {@link #TURN_MS}. The venue goes on when the engine is down. */
  void turn(long nowMs) {
    long second = (nowMs - Simulation.START_MS) / 1_000;
    if (nowMs % 10_000 == 0) {
      if (up) {
        topics.health(nowMs, plan.breakerSinceMs(nowMs), client.mode(), client.applied().epoch());
      }
      topics.ledger(nowMs);
    }
    if (!up) {
      return;
    }
    cancelForbidden(nowMs);
    client.doWork(nowMs * 1_000, nowMs * 1_000, work());
    if (nowMs % 1_000 == 0 && second % plan.tickEverySeconds() == 0) {
      topics.tick(nowMs, plan.misses(nowMs, random));
    }
    if (nowMs % 1_000 == 500 && second % 5 == 2) {
      trade(nowMs);
    }
    mustBePermitted(nowMs);
  }

  Mode mode() {
    return client.mode();
  }

  AppliedControl lastApplied() {
    return client.applied();
  }

  /** Whether it has confirmed the effect of this record. */
  boolean effective(Control control) {
    return effectiveBefore(control, Long.MAX_VALUE);
  }

  boolean effectiveBefore(Control control, long timeMs) {
    return acks.stream()
        .anyMatch(
            ack ->
                ack.status() == AckStatus.EFFECTIVE
                    && nowMsOf(ack) < timeMs
                    && ack.decisionId().equals(control.decisionId())
                    && ack.epoch() == control.epoch());
  }

  private void trade(long nowMs) {
    BigDecimal one = BigDecimal.ONE;
    if (!client.permits(Purpose.QUOTE, Side.BUY, one, BigDecimal.ZERO, BigDecimal.ZERO)) {
      return;
    }
    orders++;
    String id = engineId + "-" + run + "-" + orders;
    topics.order(nowMs, id, false);
    if (random.nextInt(3) == 0) {
      topics.order(nowMs, id, true);
      topics.fill(nowMs, id, random);
    } else if (open.size() < 3) {
      open.add(new WorkingOrder(id, EngineTopics.SYMBOL, Side.BUY, one, Purpose.QUOTE));
    }
  }

  /** A cancel is asked for at once and takes its time at the venue. */
  private void cancelForbidden(long nowMs) {
    if (client.forbidden(work()).isEmpty()) {
      cancelledAtMs = 0;
    } else if (cancelledAtMs == 0) {
      cancelledAtMs = nowMs + random.nextInt(MAX_CANCEL_MS);
    } else if (nowMs >= cancelledAtMs) {
      open.removeAll(client.forbidden(work()));
    }
  }

  /** A dead judge never means a running engine. */
  private void mustBePermitted(long nowMs) {
    if (client.mode() == Mode.RUN && nowMs - leaseAtMs > 10_000 + TURN_MS) {
      throw new AssertionError(
          engineId + " runs " + (nowMs - leaseAtMs) + " ms after its last lease");
    }
  }

  private OpenWork work() {
    return new OpenWork(List.copyOf(open), List.of());
  }

  private void note(long nowMs) {
    AppliedControl now = client.applied();
    AppliedControl before =
        applied.isEmpty()
            ? AppliedControl.NONE
            : new AppliedControl(
                applied.get(applied.size() - 1).epoch(),
                applied.get(applied.size() - 1).decisionId(),
                applied.get(applied.size() - 1).mode());
    if (now.epoch() != before.epoch() || !now.decisionId().equals(before.decisionId())) {
      applied.add(new Applied(now.epoch(), now.decisionId(), now.mode(), nowMs));
    }
  }

  private static long nowMsOf(Ack ack) {
    return ack.eventTimeUs() / 1_000;
  }

  private static final class SavedEpoch implements EpochStore {
    private AppliedControl saved = AppliedControl.NONE;

    @Override
    public AppliedControl load() {
      return saved;
    }

    @Override
    public void save(AppliedControl newest) {
      saved = newest;
    }

    @Override
    public void force() {
      // In this world a saved record survives everything.
    }
  }
}
