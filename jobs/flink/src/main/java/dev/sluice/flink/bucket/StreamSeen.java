// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

/**
 * How far one stream of an engine has been seen.
 *
 * @param stream index of the EngineStream
 */
public record StreamSeen(int stream, String runId, long highestSeq) {}
