// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.rules.spec.CriterionSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Settings of the stop criteria.
 *
 * @param criteria what is judged; empty is refused when the topology is built
 * @param bucketMs width of the buckets judged
 * @param refreshMs event time after which an unchanged verdict is said again
 * @param hardCaps criteria that are never changed while the job runs
 */
public record StopSettings(
    List<CriterionSpec> criteria, long bucketMs, long refreshMs, List<String> hardCaps)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Without hard caps. */
  public StopSettings(List<CriterionSpec> criteria, long bucketMs, long refreshMs) {
    this(criteria, bucketMs, refreshMs, List.of());
  }

  /** Ten-second buckets, a refresh a minute, and no criteria yet. */
  public static StopSettings defaults() {
    return new StopSettings(List.of(), 10_000, 60_000, List.of());
  }

  /** The same with these criteria. */
  public StopSettings withCriteria(List<CriterionSpec> others) {
    return new StopSettings(List.copyOf(others), bucketMs, refreshMs, hardCaps);
  }

  LiveCriteria liveCriteria() {
    return LiveCriteria.of(criteria, hardCaps);
  }

  EngineJudge judge(LiveCriteria live) {
    return new EngineJudge(live.all(), bucketMs, refreshMs);
  }
}
