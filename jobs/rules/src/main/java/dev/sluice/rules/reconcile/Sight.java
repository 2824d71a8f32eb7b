// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one evaluation sees: differences, what it could not look at, and late fills. */
final class Sight {
  final Map<String, Observation> observed = new TreeMap<>();
  final List<Observation> late = new ArrayList<>();
  private final Set<String> suspended = new HashSet<>();
  private final Set<Basis> judged = EnumSet.of(Basis.FACT, Basis.FILLS);

  void see(Observation observation) {
    observed.put(observation.key(), observation);
  }

  /** This one is in flight, or the side that lacks it is silent: it neither confirms nor heals. */
  void suspend(String key) {
    suspended.add(key);
  }

  /** Everything of this basis has been looked at. */
  void judged(Basis basis) {
    judged.add(basis);
  }

  boolean lookedAt(String key, Basis basis) {
    return judged.contains(basis) && !suspended.contains(key);
  }
}
