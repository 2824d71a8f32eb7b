// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes a peer's answers and the time they took: of the whole pass, and from the first tenth of the
 * events on, when whatever had to start has started. Processor time is that of the whole process,
 * with collection of garbage and compilation. Thread-safe.
 */
public final class Answers {
  private static final double FROM = 0.10;
  private static final long LIMIT_MINUTES = 10;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Map<String, Answer> answers = new TreeMap<>();
  private final CountDownLatch complete = new CountDownLatch(1);
  private final Task task;
  private final long beganWallNanos = System.nanoTime();
  private final long beganCpuNanos = system.getProcessCpuTime();
  private long fromEvents = -1;
  private long fromWallNanos;
  private long fromCpuNanos;
  private Cost cost;

  /** Begins a pass. */
  public Answers(Task task) {
    this.task = task;
  }

  /** Nothing had to start: all is measured from the beginning of the pass. */
  public synchronized void fromTheBeginning() {
    fromEvents = 0;
    fromWallNanos = beganWallNanos;
    fromCpuNanos = beganCpuNanos;
  }

  /**
   * Takes answers in any order; later ones than asked for are forgotten. How far the peer has read
   * is told by their time.
   *
   * @throws IllegalStateException when one contradicts another
   */
  public void accept(Collection<Answer> some) {
    accept(some, -1);
  }

  /**
   * The same of a peer that knows how far it has read.
   *
   * @param readEvents ticks read so far, −1 when unknown
   */
  public synchronized void accept(Collection<Answer> some, long readEvents) {
    long untilUs = 0;
    for (Answer answer : some) {
      if (answer.endUs() > task.dueUntilUs()) {
        continue;
      }
      Answer before = answers.put(answer.key(), answer);
      if (before != null && !before.agrees(answer)) {
        throw new IllegalStateException("said twice: " + before + ", " + answer);
      }
      untilUs = Math.max(untilUs, answer.endUs());
    }
    if (untilUs == 0) {
      return;
    }
    long read = readEvents < 0 ? task.eventsBefore(untilUs) : readEvents;
    if (fromEvents < 0 && read >= task.events() * FROM) {
      fromEvents = read;
      fromWallNanos = System.nanoTime();
      fromCpuNanos = system.getProcessCpuTime();
    }
    if (answers.size() == task.due() && cost == null) {
      end(readEvents < 0 ? task.eventsBefore(task.dueUntilUs()) : task.events());
    }
  }

  private void end(long toEvents) {
    long wallNanos = System.nanoTime();
    long cpuNanos = system.getProcessCpuTime();
    cost =
        new Cost(
            toEvents - fromEvents,
            wallNanos - fromWallNanos,
            cpuNanos - fromCpuNanos,
            wallNanos - beganWallNanos,
            cpuNanos - beganCpuNanos);
    complete.countDown();
  }

  /**
   * Waits until the last answer is there.
   *
   * @throws IllegalStateException when it does not come within ten minutes
   */
  public void await() throws InterruptedException {
    if (!complete.await(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException(
          size() + " of " + task.due() + " answers came within " + LIMIT_MINUTES + " minutes");
    }
  }

  /** How many answers are there. */
  public synchronized int size() {
    return answers.size();
  }

  /** True once all that are due are there. */
  public boolean isComplete() {
    return complete.getCount() == 0;
  }

  /** All answers by {@link Answer#key()}. */
  public synchronized Map<String, Answer> all() {
    return new TreeMap<>(answers);
  }

  /** What the pass cost; null before the last answer. */
  public synchronized Cost cost() {
    return cost;
  }
}
