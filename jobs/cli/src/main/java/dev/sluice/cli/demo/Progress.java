// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.trial.TrialText;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tells how far a run is: one refreshed line on a terminal, a plain line every few seconds
 * elsewhere. One thread.
 */
final class Progress {
  private static final long TERMINAL_EVERY_MS = 250;
  private static final long PLAIN_EVERY_MS = 5_000;
  private static final int WIDTH = 118;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean terminal;
  private final long startNs = System.nanoTime();
  private long lastNs;
  private long lastEvents;
  private double eventsPerSecond;

  Progress(PrintWriter out) {
    this.out = out;
    this.terminal = standardErrorIsTerminal();
  }

  /** A line of its own. */
  void say(String text) {
    out.print(terminal ? CLEAR_LINE : "");
    out.println(String.format(Locale.ROOT, "%6.1f s  %s", wallS(), text));
    out.flush();
  }

  /** Shows the state when it is time to; call it often. */
  void show(Observations.Glance glance, long startUs, long endUs) {
    long now = System.nanoTime();
    long sinceMs = (now - lastNs) / 1_000_000;
    if (lastNs != 0 && sinceMs < (terminal ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS)) {
      return;
    }
    if (lastNs != 0) {
      double rate = (glance.events() - lastEvents) * 1000.0 / sinceMs;
      eventsPerSecond = eventsPerSecond == 0 ? rate : 0.7 * eventsPerSecond + 0.3 * rate;
    }
    lastNs = now;
    lastEvents = glance.events();
    String line = line(glance, startUs, endUs);
    if (terminal) {
      out.print(CLEAR_LINE + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
      out.flush();
    } else {
      say(line);
    }
  }

  /** Ends the refreshed line. */
  void done() {
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  double wallS() {
    return (System.nanoTime() - startNs) / 1e9;
  }

  private String line(Observations.Glance glance, long startUs, long endUs) {
    long reached = Math.max(0, glance.watermarkUs() - startUs);
    String phases =
        glance.notClear().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "%s of %s judged (%2.0f %%)  %,.0f events/s  engine %s%s%s  %d decisions  %s",
        hours(reached),
        hours(endUs - startUs),
        100.0 * reached / Math.max(1, endUs - startUs),
        eventsPerSecond,
        glance.engineMode() == null ? "-" : glance.engineMode(),
        glance.toldMode() == null || glance.toldMode() == glance.engineMode()
            ? ""
            : " (told " + glance.toldMode() + ")",
        glance.stage() == null ? "" : "  trial " + TrialText.stage(glance.stage()),
        glance.decisions(),
        phases.isEmpty() ? "all criteria clear" : phases);
  }

  private static String hours(long us) {
    Duration d = Duration.ofSeconds(us / 1_000_000);
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }

  /** Standard error decides: results may well be piped while somebody watches. */
  private static boolean standardErrorIsTerminal() {
    if ("dumb".equals(System.getenv("TERM")) || System.getenv("CI") != null) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/2");
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (java.io.IOException | UnsupportedOperationException e) {
      return System.getenv("TERM") != null; // no /proc: a terminal has a type
    }
  }
}
