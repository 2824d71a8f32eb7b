// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What portfolio risk makes.
 *
 * @param verdicts one per criterion and engine, and the progress markers of judge {@code risk}
 * @param audits each change of a criterion's word with its inputs
 */
public record RiskStreams(DataStream<Verdict> verdicts, DataStream<RiskAudit> audits) {}
