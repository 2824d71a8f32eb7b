// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a peer said, and the cost of each measured pass.
 *
 * @param answers by {@link Answer#key()}
 * @param peakRssBytes most memory the process ever had resident, 0 where the system does not tell
 */
public record PeerResult(Map<String, Answer> answers, List<Cost> costs, long peakRssBytes) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final String RSS = "rss\t";
  private static final long KIB = 1024;

  static PeerResult none() {
    return new PeerResult(Map.of(), List.of(), 0);
  }

  PeerResult with(Map<String, Answer> said, Cost cost) {
    List<Cost> all = new ArrayList<>(costs);
    if (cost != null) {
      all.add(cost);
    }
    return new PeerResult(said, all, peakRssBytes);
  }

  PeerResult withPeakRss() throws IOException {
    long bytes = 0;
    if (Files.isReadable(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(PEAK)) {
          bytes = Long.parseLong(line.replaceAll("\\D", "")) * KIB;
        }
      }
    }
    return new PeerResult(answers, costs, bytes);
  }

  /** The pass with the most ticks per core-second. */
  public Cost best() {
    return costs.stream()
        .max((one, other) -> Double.compare(one.eventsPerCoreS(), other.eventsPerCoreS()))
        .orElseThrow();
  }

  /** The first answer in which two differ, in words; null when there is none. */
  public static String difference(Map<String, Answer> expected, Map<String, Answer> said) {
    for (Answer answer : expected.values()) {
      Answer other = said.get(answer.key());
      if (other == null) {
        return answer.key() + ": no answer, expected " + words(answer);
      }
      if (!answer.agrees(other)) {
        return answer.key() + ": " + words(other) + ", expected " + words(answer);
      }
    }
    for (String key : said.keySet()) {
      if (!expected.containsKey(key)) {
        return key + ": " + words(said.get(key)) + ", expected nothing";
      }
    }
    return null;
  }

  private static String words(Answer answer) {
    return answer.outcome() + " at " + answer.measured();
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(RSS + peakRssBytes);
    costs.forEach(cost -> lines.add(cost.line()));
    answers.values().forEach(answer -> lines.add(answer.line()));
    Files.write(file, lines);
  }

  /**
   * Reads what {@link PeerMain} left.
   *
   * @throws IOException when it cannot be read
   */
  public static PeerResult read(Path file) throws IOException {
    Map<String, Answer> answers = new TreeMap<>();
    List<Cost> costs = new ArrayList<>();
    long rss = 0;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(RSS)) {
        rss = Long.parseLong(line.substring(RSS.length()));
      } else if (Cost.is(line)) {
        costs.add(Cost.parse(line));
      } else {
        Answer answer = Answer.parse(line);
        answers.put(answer.key(), answer);
      }
    }
    return new PeerResult(answers, costs, rss);
  }
}
