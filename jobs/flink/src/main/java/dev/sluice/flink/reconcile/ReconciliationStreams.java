// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import dev.sluice.schemas.Drift;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What the reconciliation says.
 *
 * @param verdicts with a word of progress after those of each bucket
 * @param findings each change of a finding's status
 * @param drifts one per engine and bucket
 */
public record ReconciliationStreams(
    DataStream<Verdict> verdicts, DataStream<Finding> findings, DataStream<Drift> drifts) {}
