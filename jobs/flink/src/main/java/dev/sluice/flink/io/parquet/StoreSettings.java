// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import java.io.Serializable;
import java.net.URI;

/**
 * Where datasets lie and how large their files become.
 *
 * @param dir directory or URI of all datasets
 * @param rowGroupBytes what one open file may hold in memory
 * @param rollBytes a file of so many bytes is finished
 * @param rollMs a file is finished so long after its first row, at the next checkpoint
 * @param zstdLevel of finished files, 1 to 22
 */
public record StoreSettings(
    URI dir, int rowGroupBytes, long rollBytes, long rollMs, int zstdLevel)
    implements Serializable {}
