// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

/**
 * What became of all suspects of one stream that were handed on before.
 *
 * @param stream index of the EngineStream
 */
public record Resolution(int stream, boolean confirmed) {}
