// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

import dev.sluice.rules.metric.Metric;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.Severity;
import java.util.List;

/**
 * A criterion while it is read: every optional key with its default beside it. Fields without an
 * initial value are mandatory (in the comment) or derived from others.
 */
final class CriterionDraft {
  static final long BUCKET_MS = 10_000;
  static final long HOUR_MS = 3_600_000;

  String id; // mandatory
  String description = "";
  Metric metric; // mandatory
  boolean instant = false;
  Long overMs; // mandatory unless instant
  Long everyMs; // the bucket; one minute for windows of an hour or more
  Limit breach; // mandatory
  Limit recover; // the complement of breach
  long holdMs = 0;
  int atLeast = 0;
  int outOf = 0;
  long recoverHoldMs = 0;
  GapPolicy gapPolicy = GapPolicy.FREEZE;
  long gapMaxMs = 60_000;
  long minSamples = 1;
  Long missingAfterMs; // mandatory
  Action missingAction; // mandatory
  Severity severity = Severity.CRITICAL;
  Action action; // mandatory
  Action actionInTrial = null;
  Action escalateTo = null;
  long escalateAfterMs = 0;
  boolean latch = false;
  int flapTrips = 3;
  long flapWithinMs = HOUR_MS;
  Scope scope = Scope.ENGINE;
  Enforcement mode = Enforcement.ENFORCE;
  long warmupMs = 0;
  double warnAt = 0;
  List<String> engines = List.of(); // all

  CriterionSpec toSpec() {
    long window = instant ? 0 : overMs;
    long cadence = everyMs != null ? everyMs : window >= HOUR_MS ? 60_000 : BUCKET_MS;
    return new CriterionSpec(
        id,
        description,
        metric,
        instant,
        window,
        instant ? BUCKET_MS : cadence,
        breach,
        recover == null ? breach.complement() : recover,
        holdMs,
        atLeast,
        outOf,
        recoverHoldMs,
        gapPolicy,
        gapMaxMs,
        minSamples,
        missingAfterMs,
        missingAction,
        severity,
        action,
        actionInTrial,
        escalateTo,
        escalateAfterMs,
        latch,
        flapTrips,
        flapWithinMs,
        scope,
        mode,
        warmupMs,
        warnAt,
        engines);
  }
}
