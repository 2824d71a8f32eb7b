// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

/**
 * What a checkpoint keeps of the segments that will become one file.
 *
 * @param partition directory relative to that of all datasets
 * @param id unique; in the names of the segments and of the file
 * @param segments how many there are, numbered from 0
 */
public record StoredBatch(String partition, String id, int segments) {}
