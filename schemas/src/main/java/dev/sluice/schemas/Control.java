// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * The desired state of one engine, whole, compacted by engine.
 *
 * @param epoch rises by one per change, never reused; an engine applies a record only when it is
 *     higher than the last one applied
 * @param decisionId deterministic; identifies the change that led to this state
 * @param episodeStartUs event time at which the deciding episode began; 0 for a person's command
 * @param eventTimeUs event time of the decision
 * @param issuedAtUs wall clock of the judge
 * @param decidedIngestUs Kafka append time of the record that completed the evidence, 0 when
 *     unknown
 * @param command set when a person decided, else null
 * @param flags feature flags that the engine must have whatever its configuration says; those not
 *     named stay as they are; null where nobody ever set one
 * @param overrides in force when this was decided, null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Control(
    String schema,
    String engineId,
    long epoch,
    Mode mode,
    RolloutState rollout,
    String decisionId,
    long episodeStartUs,
    List<Cause> cause,
    @Nullable Person command,
    boolean latched,
    long eventTimeUs,
    long issuedAtUs,
    long decidedIngestUs,
    Source source,
    String judgeId,
    @Nullable Map<String, Boolean> flags,
    @Nullable List<OverrideInForce> overrides) {
  public static final String SCHEMA = "control.v1";

  /** A state without flags and overrides. */
  public Control(
      String schema,
      String engineId,
      long epoch,
      Mode mode,
      RolloutState rollout,
      String decisionId,
      long episodeStartUs,
      List<Cause> cause,
      Person command,
      boolean latched,
      long eventTimeUs,
      long issuedAtUs,
      long decidedIngestUs,
      Source source,
      String judgeId) {
    this(
        schema,
        engineId,
        epoch,
        mode,
        rollout,
        decisionId,
        episodeStartUs,
        cause,
        command,
        latched,
        eventTimeUs,
        issuedAtUs,
        decidedIngestUs,
        source,
        judgeId,
        null,
        null);
  }
}
