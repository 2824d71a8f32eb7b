// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.trial;

import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What comes out of the judge of trials; progress travels with the verdicts. */
public record TrialStreams(DataStream<Verdict> verdicts, DataStream<TrialStatus> statuses) {}
