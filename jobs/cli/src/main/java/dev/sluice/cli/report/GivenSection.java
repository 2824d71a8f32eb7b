// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import java.util.List;

/** A section that is not from datasets, with its next steps; it comes first. */
public record GivenSection(Report.SectionResult result, List<Report.Step> steps) {
  /** Keeps its own copy. */
  public GivenSection {
    steps = List.copyOf(steps);
  }
}
