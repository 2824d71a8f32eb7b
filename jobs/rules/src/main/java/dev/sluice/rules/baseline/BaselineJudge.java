// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

import dev.sluice.rules.baseline.BaselineCheck.Outcome;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.text.Durations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares a run with the locked baseline. What is missing, too little or too old on either side is
 * not passed.
 */
public final class BaselineJudge {
  private static final double ROUNDING = 1e-9;
  private static final long MS_PER_DAY = 24L * 3_600_000;

  private BaselineJudge() {}

  /**
   * All checks, in the order in which they are told.
   *
   * @param locked the baseline as it was locked, unaltered
   * @param measured the run that is judged; its {@code lockedAtUs} is the time of this judgement
   */
  public static List<BaselineCheck> judge(
      Baseline locked, Baseline measured, BaselineLimits limits) {
    List<BaselineCheck> checks = new ArrayList<>();
    checks.add(age(locked, measured.lockedAtUs(), limits));
    TreeSet<String> more = new TreeSet<>(locked.latency().keySet());
    more.remove(Baseline.TOTAL);
    Baseline.STAGES.forEach(more::remove);
    for (Collection<String> stages : List.of(Baseline.STAGES, more)) {
      stages.forEach(stage -> checks.add(p95(stage, locked, measured, limits.stageP95(), limits)));
    }
    checks.add(p95(Baseline.TOTAL, locked, measured, limits.totalP95(), limits));
    checks.add(hits(locked, measured, limits));
    checks.add(misses(locked, measured, limits));
    checks.add(same("host", locked.host().toString(), measured.host().toString(), limits));
    checks.add(same("configuration", locked.configHashes(), measured.configHashes(), limits));
    checks.add(same("source", locked.source(), measured.source(), limits));
    if (locked.runIds().equals(measured.runIds()) && locked.untilUs() == measured.untilUs()) {
      checks.add(
          BaselineCheck.of(
              "other_run",
              limits.strict() ? Outcome.FAIL : Outcome.WARN,
              "this is the run that was locked: nothing new was measured"));
    }
    return checks;
  }

  /** The word on a lock that is not as it was written: nothing in it can be relied on. */
  public static List<BaselineCheck> altered(String reason) {
    return List.of(BaselineCheck.of("lock", Outcome.FAIL, reason));
  }

  private static BaselineCheck age(Baseline locked, long nowUs, BaselineLimits limits) {
    long ageMs = (nowUs - locked.lockedAtUs()) / 1_000;
    if (ageMs < 0) {
      return BaselineCheck.of("lock_age", Outcome.FAIL, "the lock is of the future");
    }
    String age =
        "the lock is " + Limit.number(Math.floor(10.0 * ageMs / MS_PER_DAY) / 10) + " days old";
    boolean stale = ageMs > limits.maxAgeMs();
    return BaselineCheck.of(
        "lock_age",
        stale ? Outcome.FAIL : Outcome.PASS,
        stale
            ? age
                + ", at most "
                + Durations.format(limits.maxAgeMs())
                + " is allowed: lock a new one"
            : age);
  }

  private static BaselineCheck p95(
      String name, Baseline locked, Baseline measured, double limit, BaselineLimits limits) {
    String id = name + "_p95_ms";
    LatencyFigures before = locked.latency().get(name);
    LatencyFigures now = measured.latency().get(name);
    Double beforeMs = before == null ? null : before.p95Ms();
    Double nowMs = now == null ? null : now.p95Ms();
    long n = now == null ? 0 : now.n();
    String missing =
        before == null
            ? "the lock has no " + name
            : now == null ? "the run has no " + name : few(before.n(), n, limits.minSamples());
    if (missing != null) {
      return new BaselineCheck(id, Outcome.NO_DATA, beforeMs, nowMs, null, "ms", n, missing);
    }
    double worst = beforeMs * (1 + limit);
    boolean fails = nowMs > worst + ROUNDING;
    String change =
        beforeMs == 0
            ? "0 when locked"
            : String.format(java.util.Locale.ROOT, "%+.2f %%", 100 * (nowMs / beforeMs - 1));
    return new BaselineCheck(
        id,
        fails ? Outcome.FAIL : Outcome.PASS,
        beforeMs,
        nowMs,
        worst,
        "ms",
        n,
        change + ", at most +" + Limit.number(Math.round(limit * 1e4) / 1e2) + " %");
  }

  private static BaselineCheck hits(Baseline locked, Baseline measured, BaselineLimits limits) {
    return ratio(
        "cache_hit_ratio",
        locked.hitRatio(),
        measured.hitRatio(),
        measured.lookups(),
        limits.minSamples(),
        new Bound(limits.hitRatio(), false));
  }

  private static BaselineCheck misses(Baseline locked, Baseline measured, BaselineLimits limits) {
    return ratio(
        "deadline_miss_ratio",
        locked.missRatio(),
        measured.missRatio(),
        measured.ticks(),
        limits.minSamples(),
        new Bound(limits.missRatio(), true));
  }

  private record Bound(double value, boolean most) {}

  private static BaselineCheck ratio(
      String id, Double locked, Double measured, long n, long needed, Bound bound) {
    String missing = measured == null ? "the run has none" : few(Long.MAX_VALUE, n, needed);
    if (missing != null) {
      return new BaselineCheck(
          id, Outcome.NO_DATA, locked, measured, bound.value(), "ratio", n, missing);
    }
    boolean fails = bound.most() ? measured > bound.value() : measured < bound.value();
    return new BaselineCheck(
        id,
        fails ? Outcome.FAIL : Outcome.PASS,
        locked,
        measured,
        bound.value(),
        "ratio",
        n,
        (bound.most() ? "at most " : "at least ") + Limit.number(bound.value()));
  }

  /** Why there is too little, or null. */
  private static String few(long locked, long measured, long needed) {
    if (locked < needed) {
      return "the lock has " + locked + " samples, " + needed + " are needed";
    }
    return measured < needed ? measured + " samples, " + needed + " are needed" : null;
  }

  private static BaselineCheck same(
      String id, Object locked, Object measured, BaselineLimits limits) {
    if (locked.equals(measured)) {
      return BaselineCheck.of(id, Outcome.PASS, "as locked: " + locked);
    }
    return BaselineCheck.of(
        id,
        limits.strict() ? Outcome.FAIL : Outcome.WARN,
        "differs: locked " + locked + ", now " + measured);
  }
}
