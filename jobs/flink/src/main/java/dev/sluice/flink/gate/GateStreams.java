// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.gate;

import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the gate says.
 *
 * @param verdicts the gate's own ({@code gate.command}, {@code gate.ack}, {@code gate.lease})
 * @param audits the audit log, entry by entry; by engine in their order
 */
public record GateStreams(
    DataStream<Control> control,
    DataStream<Lease> leases,
    DataStream<Verdict> verdicts,
    DataStream<AuditEntry> audits) {}
