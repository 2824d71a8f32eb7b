// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What is archived.
 *
 * @param events raw records of ticks, orders, fills, health, ledger, drop copy
 * @param feedback raw records of acks, commands, control and notifications: what was published,
 *     also by a gate that died before it had saved it
 * @param amendments buckets of events that came after their bucket was closed
 * @param verdicts with or without progress markers, which are not archived
 * @param findings of reconciliation and integrity, at each change of status
 * @param drift once per bucket
 * @param audit each word of a portfolio criterion
 * @param auditLog commands, decisions and ends of overrides, chained by hashes
 * @param trials where each trial stands, once a minute
 * @param parity of each pair of engine and shadow, once per window
 * @param calibrations intervals to calibrate with, each version
 * @param deadLetters of the judges
 */
public record DatasetStreams(
    DataStream<RawRecord> events,
    DataStream<RawRecord> feedback,
    DataStream<Bucket> buckets,
    DataStream<Bucket> amendments,
    DataStream<Verdict> verdicts,
    DataStream<Finding> findings,
    DataStream<Drift> drift,
    DataStream<RiskAudit> audit,
    DataStream<AuditEntry> auditLog,
    DataStream<TrialStatus> trials,
    DataStream<Parity> parity,
    DataStream<Calibration> calibrations,
    DataStream<DeadLetter> deadLetters) {}
