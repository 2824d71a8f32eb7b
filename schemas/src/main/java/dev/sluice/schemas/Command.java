// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What a person asks of the gate. {@code who} and {@code why} are mandatory.
 *
 * @param engineId the engine concerned
 * @param scope free text naming the scope (engine, trial, criterion)
 * @param criterionId for OVERRIDE and ACKNOWLEDGE
 * @param issuedAtUs wall clock, or the scenario's event time in a simulation
 * @param expiresAtUs for OVERRIDE, event time
 * @param trialId for START_TRIAL
 * @param flags for SET_FLAGS: feature flags by the names the engine has for them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Command(
    String schema,
    String commandId,
    String engineId,
    String who,
    String why,
    CommandAction action,
    String scope,
    @Nullable String criterionId,
    long issuedAtUs,
    @Nullable Long expiresAtUs,
    @Nullable String trialId,
    @Nullable Map<String, Boolean> flags) {
  public static final String SCHEMA = "command.v1";

  /** A command about no flags. */
  public Command(
      String schema,
      String commandId,
      String engineId,
      String who,
      String why,
      CommandAction action,
      String scope,
      String criterionId,
      long issuedAtUs,
      Long expiresAtUs,
      String trialId) {
    this(
        schema,
        commandId,
        engineId,
        who,
        why,
        action,
        scope,
        criterionId,
        issuedAtUs,
        expiresAtUs,
        trialId,
        null);
  }

  /** A command about no trial. */
  public Command(
      String schema,
      String commandId,
      String engineId,
      String who,
      String why,
      CommandAction action,
      String scope,
      String criterionId,
      long issuedAtUs,
      Long expiresAtUs) {
    this(
        schema,
        commandId,
        engineId,
        who,
        why,
        action,
        scope,
        criterionId,
        issuedAtUs,
        expiresAtUs,
        null);
  }
}
