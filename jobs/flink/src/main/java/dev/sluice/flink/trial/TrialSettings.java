// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.trial.TrialJudge;
import dev.sluice.rules.trial.TrialPlan;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the judge of trials.
 *
 * @param plans the trials that can be judged, by id
 * @param criteria of any family; only those of trials are judged
 * @param bucketMs width of the buckets judged
 * @param refreshMs event time after which an unchanged verdict is said again
 */
public record TrialSettings(
    Map<String, TrialPlan> plans, List<CriterionSpec> criteria, long bucketMs, long refreshMs)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public TrialSettings {
    plans = Collections.unmodifiableMap(new TreeMap<>(plans));
    criteria = List.copyOf(criteria);
  }

  /**
   * A judge with these settings.
   *
   * @throws IllegalArgumentException when a plan does not fit the buckets
   */
  TrialJudge judge() {
    return new TrialJudge(plans, criteria, bucketMs, refreshMs);
  }
}
