// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.core.ProcessGauges;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process really uses: resident memory from {@code /proc}, the rest from the JVM. */
final class MeasuredGauges implements ProcessGauges {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long BYTES_PER_KB = 1_024L;

  @Override
  public long rssBytes(long nowUs) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB;
        }
      }
    } catch (IOException e) {
      // No /proc on this system: the JVM's own figure below.
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted()
        + ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getCommitted();
  }

  @Override
  public long heapBytes(long nowUs) {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public long gcPauseMsTotal(long nowUs) {
    long totalMs = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      totalMs += Math.max(0L, collector.getCollectionTime());
    }
    return totalMs;
  }
}
