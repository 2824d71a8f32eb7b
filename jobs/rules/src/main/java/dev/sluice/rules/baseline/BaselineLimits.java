// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

/**
 * How much worse than the locked baseline is still well.
 *
 * @param stageP95 a stage's p95 may be higher by this share of the locked one
 * @param totalP95 the p95 of the whole pass likewise
 * @param hitRatio the cache must hit at least this share of its lookups
 * @param missRatio at most this share of the ticks may miss their deadline
 * @param minSamples ticks and lookups that either side needs
 * @param maxAgeMs a lock older than this is stale
 * @param strict whether another host, configuration or provenance fails instead of being said
 */
public record BaselineLimits(
    double stageP95,
    double totalP95,
    double hitRatio,
    double missRatio,
    long minSamples,
    long maxAgeMs,
    boolean strict) {
  /** At 5,000 ticks the p95 of a stage moves by about 1 % from run to run: a third of its limit. */
  public static final long MIN_SAMPLES = 5_000;

  /** Ninety days. */
  public static final long MAX_AGE_MS = 90L * 24 * 3_600_000;

  /** The operators' figures. */
  public static final BaselineLimits DEFAULT =
      new BaselineLimits(0.03, 0.10, 0.60, 0.02, MIN_SAMPLES, MAX_AGE_MS, false);

  /** The same with other bounds on the evidence. */
  public BaselineLimits with(long samples, long ageMs, boolean strictly) {
    return new BaselineLimits(stageP95, totalP95, hitRatio, missRatio, samples, ageMs, strictly);
  }
}
