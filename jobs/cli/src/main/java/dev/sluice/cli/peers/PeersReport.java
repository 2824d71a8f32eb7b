// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.peers;

import dev.sluice.bench.peers.Cost;
import dev.sluice.bench.peers.PeerResult;
import dev.sluice.bench.peers.Task;
import dev.sluice.cli.TextTable;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link PeersBench} found.
 *
 * @param events ticks in the topic
 * @param kafkaBytesPerTick of the topic's log on the broker's disk, uncompressed
 * @param engines that publish them
 * @param answers each peer was asked for, in each pass
 * @param outcomes how many of them are PASS, BREACH and NO_DATA
 * @param warmUps passes of each peer that did not count
 * @param passes passes of each peer, of which the best counts
 * @param cores of this machine
 * @param java of all peers
 * @param loadBefore processes that ran or waited to in the minute before; −1 when unknown
 */
public record PeersReport(
    long events,
    double kafkaBytesPerTick,
    int engines,
    long answers,
    Map<String, Long> outcomes,
    int warmUps,
    int passes,
    int cores,
    String java,
    double loadBefore,
    List<Line> lines) {

  /** What became of a peer. */
  public enum Status {
    SAME,
    DIFFERS,
    FAILED
  }

  /**
   * One peer. Without the same answers it has no speed.
   *
   * @param version of its library, empty where it has none
   * @param why the first difference, or what failed
   * @param eventsPerS ticks per second of wall clock, from the first tenth on
   * @param eventsPerCoreS ticks per second of processor time of the whole process, likewise
   * @param ratioPerCore that over the plain consumer's
   * @param passS from the start of a pass to its last answer, with all that has to start
   * @param passCoreS processor time of the same
   * @param peakRssBytes most memory resident, over all passes
   */
  public record Line(
      String peer,
      String version,
      Status status,
      @Nullable String why,
      @Nullable Double eventsPerS,
      @Nullable Double eventsPerCoreS,
      @Nullable Double ratioPerCore,
      @Nullable Double passS,
      @Nullable Double passCoreS,
      @Nullable Long peakRssBytes) {

    static Line same(String peer, String version, PeerResult result) {
      Cost best = result.best();
      return new Line(
          peer,
          version,
          Status.SAME,
          null,
          best.eventsPerS(),
          best.eventsPerCoreS(),
          null,
          best.passWallNanos() / 1e9,
          best.passCpuNanos() / 1e9,
          result.peakRssBytes());
    }

    static Line differs(String peer, String version, String why) {
      return none(peer, version, Status.DIFFERS, why);
    }

    static Line failed(String peer, String version, String why) {
      return none(peer, version, Status.FAILED, why);
    }

    private static Line none(String peer, String version, Status status, String why) {
      return new Line(peer, version, status, why, null, null, null, null, null, null);
    }

    private Line beside(double plainPerCoreS) {
      return status != Status.SAME
          ? this
          : new Line(
              peer,
              version,
              status,
              why,
              eventsPerS,
              eventsPerCoreS,
              eventsPerCoreS / plainPerCoreS,
              passS,
              passCoreS,
              peakRssBytes);
    }

    String progress() {
      return status == Status.SAME
          ? String.format(Locale.ROOT, "%s: %,.0f ticks per core-second", peer, eventsPerCoreS)
          : peer + ": " + status.name().toLowerCase(Locale.ROOT) + ", " + why;
    }
  }

  static PeersReport of(
      Task task,
      double kafkaBytesPerTick,
      PeersBench.Options options,
      PeerResult plain,
      List<Line> lines,
      double loadBefore) {
    Map<String, Long> outcomes = new TreeMap<>();
    plain.answers().values().forEach(answer -> outcomes.merge(answer.outcome(), 1L, Long::sum));
    return new PeersReport(
        task.events(),
        kafkaBytesPerTick,
        task.engines(),
        task.due(),
        outcomes,
        options.warmUps(),
        options.passes(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.version"),
        loadBefore,
        lines.stream().map(line -> line.beside(plain.best().eventsPerCoreS())).toList());
  }

  /** True when every peer gave the plain consumer's answers. */
  public boolean allSame() {
    return lines.stream().allMatch(line -> line.status == Status.SAME);
  }

  /** One JSON object. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }

  /** A table for people. */
  public String text() {
    TextTable table =
        new TextTable(
            "peer", "answers", "ticks/core-s", "of plain", "ticks/s", "pass s", "core-s", "MB");
    for (Line line : lines) {
      String peer = line.version.isEmpty() ? line.peer : line.peer + " " + line.version;
      if (line.status != Status.SAME) {
        table.row(peer, line.status.name().toLowerCase(Locale.ROOT), "-", "-", "-", "-", "-", "-");
        table.note(line.why);
        continue;
      }
      table.row(
          peer,
          "same",
          format("%,.0f", line.eventsPerCoreS),
          format("%.2f", line.ratioPerCore),
          format("%,.0f", line.eventsPerS),
          format("%.1f", line.passS),
          format("%.1f", line.passCoreS),
          format("%,.0f", line.peakRssBytes / 1e6));
    }
    return String.format(
            Locale.ROOT,
            "%,d ticks of %.0f bytes from %d engines, %,d answers %s; best of %d after %d; %d cores, Java %s, load"
                + " %.1f before%n",
            events,
            kafkaBytesPerTick,
            engines,
            answers,
            outcomes,
            passes,
            warmUps,
            cores,
            java,
            loadBefore)
        + table.render()
        + "rates from the first tenth of the ticks on; pass s, core-s: a whole pass with its"
        + " start\n";
  }

  private static String format(String pattern, Object value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
