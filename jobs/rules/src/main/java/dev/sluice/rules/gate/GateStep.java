// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Verdict;
import java.util.List;

/**
 * One step of the gate.
 *
 * @param control the new desired state to publish, null when nothing changed
 * @param lease permission to publish, null when none is due or the gate is not healthy
 * @param verdicts the gate's own verdicts ({@code gate.command}, {@code gate.ack}, {@code
 *     gate.lease})
 * @param audits entries of the audit log, in their order
 */
public record GateStep(
    GateState state,
    @Nullable Control control,
    @Nullable Lease lease,
    List<Verdict> verdicts,
    List<AuditEntry> audits) {}
