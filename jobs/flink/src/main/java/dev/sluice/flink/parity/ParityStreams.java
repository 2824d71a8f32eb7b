// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What comes out of the comparison; without words of progress, which no lease waits for. */
public record ParityStreams(DataStream<Verdict> verdicts, DataStream<Parity> windows) {}
