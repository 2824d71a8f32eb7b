// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.OverrideInForce;
import java.util.List;
import java.util.Map;

/**
 * What one engine is told and what it does.
 *
 * @param mode what the gate demands, null before its first word
 * @param because evidence, or who and why
 * @param engineMode what the engine said in its last heartbeat
 * @param ackStatus what it last said of {@code decisionId}
 * @param leaseLeftMs until the newest lease lapses on the wall clock, negative when lapsed
 * @param watermarkUs the judge's event time of this engine, 0 when unknown
 * @param findings that stand, one line each
 * @param overrides in force, the first that ends first
 * @param commands the newest that people gave, accepted or refused, the newest last
 * @param flags feature flags that control sets over the engine's configuration, null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EngineStatus(
    String engineId,
    @Nullable Mode mode,
    long epoch,
    boolean latched,
    @Nullable String decisionId,
    String because,
    @Nullable Mode engineMode,
    @Nullable AckStatus ackStatus,
    @Nullable Long leaseLeftMs,
    long watermarkUs,
    List<String> findings,
    List<OverrideInForce> overrides,
    List<PersonsCommand> commands,
    @Nullable Map<String, Boolean> flags) {}
