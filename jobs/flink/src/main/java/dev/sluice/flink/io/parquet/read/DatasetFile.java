// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

/**
 * One finished file of a dataset and the times it holds.
 *
 * @param uri where it is
 * @param rows in it
 * @param minUs least value of the time column it was asked for; with maxUs all times when the file
 *     does not say
 * @param maxUs greatest value
 */
public record DatasetFile(String uri, long rows, long minUs, long maxUs) {
  /** True when a time in {@code [fromUs, untilUs)} can be in it. */
  public boolean overlaps(long fromUs, long untilUs) {
    return rows > 0 && minUs < untilUs && maxUs >= fromUs;
  }
}
