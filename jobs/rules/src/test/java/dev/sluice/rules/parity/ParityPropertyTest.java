// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.parity.IntentMatching.Pair;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.schemas.ParityCause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out depends on what was said, and not on when it was read. */
class ParityPropertyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyOrderOfReadingGivesTheSameWindowsAndVerdicts(long seed) {
    Random random = new Random(seed);
    EngineTalk live = byChance("mm-1", random);
    EngineTalk shadow = byChance("mm-1-shadow", random);
    PairRun expected = new PairRun().play(live, shadow);
    assertThat(expected.windows).hasSize(4);
    assertThat(expected.windows).anyMatch(w -> w.cause() == ParityCause.RESTART);
    assertThat(expected.windows).anyMatch(w -> w.pairs() > 5 && w.unmatchedLive() > 0);
    for (int i = 0; i < 10; i++) {
      PairRun run = new PairRun().play(shuffled(live, shadow, random));
      assertThat(run.windows).isEqualTo(expected.windows);
      assertThat(run.verdicts).containsExactlyInAnyOrderElementsOf(expected.verdicts);
    }
  }

  private static EngineTalk byChance(String engineId, Random random) {
    TwoEngines.Manner manner = new TwoEngines.Manner();
    manner.laterMs = random.nextInt(1_500);
    manner.fillAfterMs = 1_000L + random.nextInt(40_000);
    manner.slippageBps = random.nextDouble();
    manner.profitPerSecond = random.nextDouble();
    int leftOut = 4 + random.nextInt(6);
    int phase = engineId.equals("mm-1") ? 0 : 2;
    manner.quotes = i -> i % leftOut != phase;
    manner.rejected = i -> i % 7 == 0;
    manner.restartMs = 60_000L + random.nextInt(120_000);
    return TwoEngines.talk(engineId, manner, 4);
  }

  /** Any order that keeps the streams, and no word of time before what it covers. */
  private static List<EngineEvent> shuffled(EngineTalk live, EngineTalk shadow, Random random) {
    List<List<List<EngineEvent>>> engines = List.of(live.streams(), shadow.streams());
    int words = live.streams().size() - 1;
    int[][] next = new int[2][words + 1];
    List<EngineEvent> order = new ArrayList<>();
    int bias = random.nextInt(10);
    while (order.size() < live.said().size() + shadow.said().size()) {
      int engine = random.nextInt(10) < bias ? 0 : 1;
      int stream = random.nextInt(words + 1);
      List<EngineEvent> events = engines.get(engine).get(stream);
      boolean possible = next[engine][stream] < events.size();
      if (possible && (stream < words || covered(engines.get(engine), next[engine]))) {
        order.add(events.get(next[engine][stream]++));
      } else if (!possible && remaining(engines.get(engine), next[engine]) == 0) {
        bias = engine == 0 ? 0 : 10;
      }
    }
    return order;
  }

  private static boolean covered(List<List<EngineEvent>> streams, int[] next) {
    int words = next.length - 1;
    long untilUs = streams.get(words).get(next[words]).engineUntilUs();
    for (int stream = 0; stream < words; stream++) {
      boolean more = next[stream] < streams.get(stream).size();
      if (more && EngineTalk.timeUs(streams.get(stream).get(next[stream])) < untilUs) {
        return false;
      }
    }
    return true;
  }

  private static int remaining(List<List<EngineEvent>> streams, int[] next) {
    int remaining = 0;
    for (int stream = 0; stream < next.length; stream++) {
      remaining += streams.get(stream).size() - next[stream];
    }
    return remaining;
  }

  @Test
  void theMatchingIsTheBestOfAllInOrder() {
    Random random = new Random(42);
    for (int round = 0; round < 2_000; round++) {
      List<Intent> lives = intents(random, false);
      List<Intent> shadows = intents(random, true);
      List<Pair> pairs = IntentMatching.match(lives, shadows, 20);
      assertThat(gain(pairs)).isEqualTo(best(lives, shadows, 0, 0));
      Set<Intent> used = new HashSet<>();
      long lastLiveUs = Long.MIN_VALUE;
      long lastShadowUs = Long.MIN_VALUE;
      for (Pair pair : pairs) {
        assertThat(pair.apartUs()).isLessThanOrEqualTo(20);
        assertThat(used.add(pair.live()) && used.add(pair.shadow())).isTrue();
        assertThat(pair.live().intendedUs).isGreaterThanOrEqualTo(lastLiveUs);
        assertThat(pair.shadow().intendedUs).isGreaterThanOrEqualTo(lastShadowUs);
        lastLiveUs = pair.live().intendedUs;
        lastShadowUs = pair.shadow().intendedUs;
      }
    }
  }

  private static List<Intent> intents(Random random, boolean shadow) {
    List<Intent> intents = new ArrayList<>();
    int count = random.nextInt(7);
    for (int i = 0; i < count; i++) {
      Intent intent = new Intent(shadow, "c-" + i);
      intent.intendedUs = 1L + random.nextInt(120);
      intent.price = random.nextInt(3);
      intents.add(intent);
    }
    intents.sort(Intent.BY_TIME);
    return intents;
  }

  private static long gain(List<Pair> pairs) {
    return pairs.stream().mapToLong(pair -> 21 - pair.apartUs()).sum();
  }

  private static long best(List<Intent> lives, List<Intent> shadows, int live, int shadow) {
    if (live == lives.size() || shadow == shadows.size()) {
      return 0;
    }
    long best =
        Math.max(best(lives, shadows, live + 1, shadow), best(lives, shadows, live, shadow + 1));
    long apartUs = new Pair(lives.get(live), shadows.get(shadow)).apartUs();
    return apartUs > 20
        ? best
        : Math.max(best, 21 - apartUs + best(lives, shadows, live + 1, shadow + 1));
  }
}
