// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Processor time of this JVM less that of the threads that were there before the measurement: a
 * broker that runs in the same JVM is left out, collection of garbage and compilation are not.
 */
final class CpuClock {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final long[] others;

  /** Leaves out all threads of now but the calling one. */
  CpuClock() {
    long self = Thread.currentThread().getId();
    others = Arrays.stream(threads.getAllThreadIds()).filter(id -> id != self).toArray();
  }

  /** Nanoseconds of processor time so far; only differences mean anything. */
  long nanos() {
    long spentByOthers = 0;
    for (long id : others) {
      spentByOthers += Math.max(0, threads.getThreadCpuTime(id));
    }
    return system.getProcessCpuTime() - spentByOthers;
  }
}
