// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Source;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of one engine over one span of event time. Formulas are those of the metrics'
 * registry; what has no samples is null or absent, never 0.
 *
 * @param source the weakest provenance among the ticks
 * @param runIds runs of the engine that were measured, sorted
 * @param buildIds builds of the engine that were measured, sorted
 * @param configHashes configurations that were measured, sorted
 * @param sinceUs event time of the first tick
 * @param untilUs event time of the last tick
 * @param lockedAtUs when these figures were taken, wall clock
 * @param latency by {@link #TOTAL} and the names in {@link #STAGES}; a stage that no tick has is
 *     absent
 * @param missRatio ticks over their deadline / ticks
 * @param hitRatio fresh cache hits / lookups
 * @param pnlHourlyMean mean change of equity per whole hour of event time, quote currency
 * @param pnlHourlySigma standard deviation of the same over those hours (n − 1), null below two
 * @param hours whole hours behind the two
 */
public record Baseline(
    String schema,
    String engineId,
    Source source,
    List<String> runIds,
    List<String> buildIds,
    List<String> configHashes,
    long sinceUs,
    long untilUs,
    long lockedAtUs,
    Host host,
    SortedMap<String, LatencyFigures> latency,
    long ticks,
    @Nullable Double missRatio,
    long lookups,
    @Nullable Double hitRatio,
    @Nullable Double pnlHourlyMean,
    @Nullable Double pnlHourlySigma,
    long hours) {
  public static final String SCHEMA = "baseline.v1";

  /** Name of the whole pass of the pipeline. */
  public static final String TOTAL = "total";

  /** Names of the pipeline's stages, in its order. */
  public static final List<String> STAGES =
      List.of("fetch_md", "spread", "guards", "inventory", "queue_aware", "emit");

  /** Keeps its own copies. */
  public Baseline {
    runIds = List.copyOf(runIds);
    buildIds = List.copyOf(buildIds);
    configHashes = List.copyOf(configHashes);
    latency = new TreeMap<>(latency);
  }
}
