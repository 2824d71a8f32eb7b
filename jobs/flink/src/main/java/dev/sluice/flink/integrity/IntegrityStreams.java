// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.integrity;

import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What comes out of the integrity checks; progress travels with the verdicts. */
public record IntegrityStreams(DataStream<Verdict> verdicts, DataStream<Finding> findings) {}
