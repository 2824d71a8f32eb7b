// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.sequence.Stamp;
import dev.sluice.rules.sequence.Talk;
import dev.sluice.rules.sequence.Talk.Sketch;
import dev.sluice.schemas.OrderState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Valid histories of many orders by chance, and what a network may do to them. */
final class Histories {
  private record Moment(long ms, Runnable word) {}

  private record Late(EngineEvent event, long arrivesUs) {}

  private final Random random;
  private final Talk talk = new Talk();
  private final List<Moment> moments = new ArrayList<>();
  private long fills;

  Histories(long seed) {
    this.random = new Random(seed);
  }

  /** So many orders, evenly spread by chance, with heartbeats and the venue's ledger to the end. */
  List<EngineEvent> of(int orders, double perSecond) {
    long lengthMs = (long) (orders / perSecond * 1_000);
    for (int i = 0; i < orders; i++) {
      life("c-" + i, 100 + (long) (random.nextDouble() * lengthMs));
    }
    for (long ms = 0; ms <= lengthMs + 90_000; ms += 1_000) {
      long atMs = ms;
      moments.add(new Moment(atMs, () -> talk.health(atMs)));
      if (ms % 10_000 == 0) {
        moments.add(new Moment(atMs, () -> talk.venueLedger(atMs)));
      }
    }
    moments.sort(Comparator.comparingLong(Moment::ms));
    moments.forEach(moment -> moment.word().run());
    return talk.said();
  }

  /** One order in a thousand has a fault. */
  private void life(String id, long ms) {
    Sketch sketch = Sketch.quote(id);
    boolean twice = random.nextInt(1_000) == 0;
    boolean illegal = random.nextInt(1_000) == 0;
    boolean unfinished = random.nextInt(1_000) == 0;
    step(ms, sketch, OrderState.INTENDED, "0");
    step(ms + 1, sketch, OrderState.SUBMITTED, "0");
    if (unfinished) {
      return;
    }
    if (random.nextInt(50) == 0) {
      step(ms + 8, sketch, OrderState.REJECTED, "0");
      return;
    }
    step(ms + 8, sketch, OrderState.ACKED, "0");
    long at = ms + 8 + random.nextInt(2_000);
    if (random.nextBoolean()) {
      step(at, sketch, OrderState.PARTIALLY_FILLED, "0.5");
      filled(at, sketch, "0.5", twice);
      at += 1 + random.nextInt(1_000);
      step(at, sketch, OrderState.FILLED, "1");
      filled(at, sketch, "0.5", false);
    } else {
      step(at, sketch, OrderState.CANCEL_REQUESTED, "0");
      at += 8;
      step(at, sketch, OrderState.CANCELLED, "0");
    }
    if (illegal) {
      step(at + 5, sketch, OrderState.ACKED, "1");
    }
  }

  private void step(long ms, Sketch sketch, OrderState state, String cumQty) {
    boolean venue = state == OrderState.ACKED || state == OrderState.REJECTED;
    Long venueMs = venue ? Long.valueOf(ms - 3) : null;
    moments.add(new Moment(ms, () -> talk.order(ms, sketch, state, cumQty, venueMs, null)));
  }

  private void filled(long ms, Sketch sketch, String qty, boolean twice) {
    String fillId = "f-" + ++fills;
    moments.add(new Moment(ms, () -> talk.fill(ms, sketch, fillId, qty)));
    if (twice) {
      moments.add(new Moment(ms + 1, () -> talk.fill(ms + 1, sketch, fillId, qty)));
    }
  }

  /** Late by up to so much of their own time, and one in ten comes once more. */
  static List<EngineEvent> disturbed(List<EngineEvent> clean, long withinMs, long seed) {
    Random random = new Random(seed);
    List<Late> late = new ArrayList<>();
    for (EngineEvent event : clean) {
      late.add(new Late(event, Stamp.timeUs(event) + random.nextLong(withinMs * 1_000)));
      if (random.nextInt(10) == 0) {
        late.add(new Late(event, Stamp.timeUs(event) + random.nextLong(withinMs * 1_000)));
      }
    }
    late.sort(Comparator.comparingLong(Late::arrivesUs));
    return late.stream().map(Late::event).toList();
  }
}
