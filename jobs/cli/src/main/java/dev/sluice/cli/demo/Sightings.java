// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that was seen on the outcome topics of a run: of the engine, and of its shadow where
 * it has one. Filled by {@link Watch}, read by any thread.
 *
 * @param live of the engine itself
 * @param shadow of its shadow, null without one
 * @param shadowFindings null without a shadow
 */
public record Sightings(
    Observations live,
    FindingBook findings,
    TrialBook trials,
    @Nullable Observations shadow,
    @Nullable FindingBook shadowFindings) {

  /** Nothing seen yet of a scenario. */
  public static Sightings of(Scenario scenario) {
    String shadowId = shadowId(scenario);
    return new Sightings(
        new Observations(scenario.engine()),
        new FindingBook(scenario.engine()),
        new TrialBook(scenario.engine()),
        scenario.shadow() ? new Observations(shadowId) : null,
        scenario.shadow() ? new FindingBook(shadowId) : null);
  }

  /** Who the shadow of a scenario's engine is. */
  public static String shadowId(Scenario scenario) {
    return scenario.engine() + "-shadow";
  }

  /** Ids of the engines. */
  public Set<String> engineIds() {
    return engines().stream().map(Observations::engineId).collect(Collectors.toUnmodifiableSet());
  }

  /** Observations of each engine. */
  public List<Observations> engines() {
    return shadow == null ? List.of(live) : List.of(live, shadow);
  }

  /** Findings of each engine. */
  public List<FindingBook> books() {
    return shadowFindings == null ? List.of(findings) : List.of(findings, shadowFindings);
  }

  /** Event time up to which every engine is judged. */
  public long watermarkUs() {
    return engines().stream().mapToLong(Observations::watermarkUs).min().orElse(0);
  }

  /** Distinct records of decisions about all engines. */
  public long decisions() {
    return engines().stream().mapToLong(Observations::decisions).sum();
  }

  /** A shadow is judged like any engine, and nothing may be wrong with it: one line per word. */
  public List<String> complaintsAboutTheShadow() {
    List<String> lines = new ArrayList<>();
    if (shadow != null) {
      shadow.told().forEach(t -> lines.add("the shadow: " + Reckoning.describe(t.control())));
      shadow
          .gateAlarms()
          .forEach(v -> lines.add("the shadow: " + v.criterionId() + ": " + v.evidence().reason()));
      shadowFindings
          .lives()
          .forEach(life -> lines.add("the shadow: " + life.kind() + ": " + life.first().reason()));
    }
    return lines;
  }
}
