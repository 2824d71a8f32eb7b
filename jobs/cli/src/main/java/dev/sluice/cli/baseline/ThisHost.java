// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.baseline;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.rules.baseline.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine we run on. */
final class ThisHost {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final double BYTES_PER_GB = 1L << 30;

  private ThisHost() {}

  /** What bears on its speed. */
  static Host read() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Host(
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(system.getTotalMemorySize() / BYTES_PER_GB),
        Runtime.version().toString());
  }

  /** The model; where Linux does not tell it, the architecture. */
  private static String cpu() {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
