// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.parity.EngineTalk.Sketch;
import dev.sluice.schemas.OrderState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * An engine and its shadow that do the same: a quote each two and a half seconds, every fourth
 * filled, a heartbeat a second. A test changes one thing of one side and nothing else.
 */
final class TwoEngines {
  static final int EVERY_MS = 2_500;

  /** How one side behaves. */
  static final class Manner {
    long laterMs;
    double midBps;
    long ackMs = 6;
    IntToDoubleFunction feeOf = i -> 1;
    double slippageBps;
    double profitPerSecond;
    long fillAfterMs = 1_000;

    /** A new process from then on, 0 for none. */
    long restartMs;

    IntPredicate quotes = i -> true;
    IntPredicate filled = i -> i % 4 == 0;
    IntPredicate rejected = i -> false;
  }

  /** The two of them. */
  static final class Both {
    final Manner live = new Manner();
    final Manner shadow = new Manner();

    Both() {
      shadow.laterMs = 20;
    }

    /** So many minutes of both, and a little more for the outcomes. */
    PairRun run(int minutes) {
      return new PairRun().play(talk("mm-1", live, minutes), talk("mm-1-shadow", shadow, minutes));
    }
  }

  private record Moment(long ms, Runnable word) {}

  private final EngineTalk talk;
  private final Manner manner;
  private final List<Moment> moments = new ArrayList<>();

  private TwoEngines(EngineTalk talk, Manner manner) {
    this.talk = talk;
    this.manner = manner;
  }

  /** One of them: everything in the order of time, and numbered so. */
  static EngineTalk talk(String engineId, Manner manner, int minutes) {
    TwoEngines one = new TwoEngines(new EngineTalk(engineId), manner);
    long lengthMs = minutes * 60_000L;
    for (int i = 0; i < lengthMs / EVERY_MS; i++) {
      if (manner.quotes.test(i)) {
        one.quote(i);
      }
    }
    for (long ms = 0; ms <= lengthMs + 50_000; ms += 1_000) {
      long atMs = ms;
      one.at(ms, () -> one.talk.health(atMs, manner.profitPerSecond * atMs / 1_000));
    }
    if (manner.restartMs > 0) {
      one.at(manner.restartMs, () -> one.talk.restart("run-2", manner.restartMs));
    }
    one.moments.sort(Comparator.comparingLong(Moment::ms));
    one.moments.forEach(moment -> moment.word().run());
    for (long ms = 10_000; ms <= lengthMs + 50_000; ms += 10_000) {
      one.talk.until(ms);
    }
    return one.talk;
  }

  private void at(long ms, Runnable word) {
    moments.add(new Moment(ms, word));
  }

  private void quote(int i) {
    long ms = (long) i * EVERY_MS + 100 + manner.laterMs;
    double mid = 100.01 * (1 + manner.midBps / 1e4);
    Sketch sketch = Sketch.buy("q-" + i).at(mid - 0.01, mid);
    at(ms, () -> talk.intend(ms, sketch));
    if (manner.rejected.test(i)) {
      step(ms + manner.ackMs, sketch, OrderState.REJECTED);
      return;
    }
    step(ms + manner.ackMs, sketch, OrderState.ACKED);
    if (manner.filled.test(i)) {
      long filledMs = ms + manner.fillAfterMs;
      step(filledMs, sketch, OrderState.FILLED);
      at(
          filledMs,
          () -> talk.fill(filledMs, sketch, manner.slippageBps, manner.feeOf.applyAsDouble(i)));
    } else {
      step(ms + 2_000, sketch, OrderState.CANCEL_REQUESTED);
      step(ms + 2_006, sketch, OrderState.CANCELLED);
    }
  }

  private void step(long ms, Sketch sketch, OrderState state) {
    at(ms, () -> talk.step(ms, sketch, state));
  }
}
