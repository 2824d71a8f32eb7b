// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.parity.IntentMatching.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes one window out of the memory of a pair. A pair belongs to the window of its live intent.
 * Intents of the grace after the window's end take part in the matching, so that both sides of a
 * border match alike, and are left for the next window. An intent of the shadow shortly before the
 * end that nobody matched is left for the next window too; so each is counted once.
 */
final class WindowTaking {
  private final ParitySettings settings;

  WindowTaking(ParitySettings settings) {
    this.settings = settings;
  }

  /**
   * The window that starts there.
   *
   * @param silent whether the shadow is not waited for any more
   */
  ParityWindow take(long startUs, ParityState state, boolean silent, ParityMemory memory) {
    long endUs = startUs + settings.windowUs();
    long outcomeUs = endUs + settings.graceUs();
    List<Intent> lives = new ArrayList<>();
    List<Intent> shadows = new ArrayList<>();
    for (Intent intent : memory.intents()) {
      if (intent.known() && intent.intendedUs < outcomeUs) {
        (intent.shadow ? shadows : lives).add(intent);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : matched(lives, shadows)) {
      if (pair.live().intendedUs >= startUs && pair.live().intendedUs < endUs) {
        pairs.add(pair);
      }
    }
    pairs.sort(Comparator.comparing(Pair::live, Intent.BY_TIME));
    List<Intent> doneLives = lives.stream().filter(live -> live.intendedUs < endUs).toList();
    List<Intent> doneShadows = doneShadows(shadows, pairs, endUs - settings.matchWithinUs());
    SideBook live = new SideBook(settings, memory, state.live, false, state.nextUs);
    SideBook shadow = new SideBook(settings, memory, state.shadow, true, state.nextUs);
    ParityWindow window =
        new ParityWindow(
            startUs,
            outcomeUs,
            pairs,
            doneLives.size() - pairs.size(),
            doneShadows.size() - pairs.size(),
            live.disturbances(startUs) + shadow.disturbances(startUs),
            live.leftOut(startUs) + shadow.leftOut(startUs),
            live.profit(startUs) - shadow.profit(startUs),
            silent);
    live.remove(doneLives);
    shadow.remove(doneShadows);
    forget(live, state.live, false, outcomeUs, memory);
    forget(shadow, state.shadow, true, outcomeUs, memory);
    live.forget(endUs);
    shadow.forget(endUs);
    return window;
  }

  private List<Pair> matched(List<Intent> lives, List<Intent> shadows) {
    Map<String, List<Intent>> shadowsByKey = byKey(shadows);
    List<Pair> pairs = new ArrayList<>();
    byKey(lives)
        .forEach(
            (key, ofKey) ->
                pairs.addAll(
                    IntentMatching.match(
                        ofKey,
                        shadowsByKey.getOrDefault(key, List.of()),
                        settings.matchWithinUs())));
    return pairs;
  }

  private static Map<String, List<Intent>> byKey(List<Intent> intents) {
    Map<String, List<Intent>> byKey = new TreeMap<>();
    for (Intent intent : intents) {
      byKey.computeIfAbsent(intent.matchKey(), key -> new ArrayList<>()).add(intent);
    }
    byKey.values().forEach(ofKey -> ofKey.sort(Intent.BY_TIME));
    return byKey;
  }

  /** What this window has used up: its pairs, and what no later window can match. */
  private static List<Intent> doneShadows(List<Intent> shadows, List<Pair> pairs, long beforeUs) {
    Set<String> taken = new HashSet<>();
    pairs.forEach(pair -> taken.add(pair.shadow().clientOrderId));
    return shadows.stream()
        .filter(shadow -> shadow.intendedUs < beforeUs || taken.contains(shadow.clientOrderId))
        .toList();
  }

  /** Forgets steps and fills whose intent never came: what was said before this is all there is. */
  private static void forget(
      SideBook book, SideState state, boolean ofShadow, long outcomeUs, ParityMemory memory) {
    long completeUs = Math.min(outcomeUs, state.untilUs);
    book.remove(
        memory.intents().stream()
            .filter(intent -> intent.shadow == ofShadow && !intent.known())
            .filter(intent -> intent.newestUs < completeUs)
            .toList());
  }
}
