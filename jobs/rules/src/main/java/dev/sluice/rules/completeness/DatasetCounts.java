// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import java.util.List;

/**
 * All that was counted of a directory of datasets.
 *
 * @param offsets one per dataset of raw events and partition
 * @param withoutOffsets datasets of raw events whose rows do not say their offset
 */
public record DatasetCounts(
    List<StreamCounts> streams,
    List<OffsetCounts> offsets,
    List<String> withoutOffsets,
    List<Coverage> coverage,
    List<LinkCount> links) {
  public DatasetCounts {
    streams = List.copyOf(streams);
    offsets = List.copyOf(offsets);
    withoutOffsets = List.copyOf(withoutOffsets);
    coverage = List.copyOf(coverage);
    links = List.copyOf(links);
  }

  /** Those of one dataset's topic. */
  List<OffsetCounts> offsetsOf(String dataset) {
    return offsets.stream().filter(o -> o.dataset().equals(dataset)).toList();
  }
}
