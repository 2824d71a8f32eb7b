// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.report;

import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * One section as it is declared. Its SQL sees one view per dataset, bounded to the span (see {@link
 * SpanViews}).
 *
 * @param id stable, for programs and links
 * @param needs dataset without rows of which the section has no data
 * @param missing how much it presses when there is no data; null where that may be
 * @param sparse datasets that may rightly be absent while {@code needs} has rows: then nothing
 *     happened that would be in them
 * @param note what a reader must know, empty for nothing
 * @param views SQL of {@code CREATE VIEW} that its parts share
 * @param figures SQL giving name, value (double) and unit: what is compared with the span before
 * @param facts SQL giving name and value (text): told when they change
 * @param steps SQL giving level (ACT or LOOK), what and hint: what a person should do
 */
public record Section(
    String id,
    String title,
    String needs,
    @Nullable Report.Level missing,
    List<String> sparse,
    String note,
    List<String> views,
    @Nullable String figures,
    @Nullable String facts,
    @Nullable String steps,
    List<Part> parts) {
  /** Keeps its own copies. */
  public Section {
    sparse = List.copyOf(sparse);
    views = List.copyOf(views);
    parts = List.copyOf(parts);
  }

  /** How a part is shown. */
  public enum Show {
    TABLE,
    /** First column is the time, the others are lines; NULL is a hole. */
    LINE,
    /** As LINE, but each value holds until the next. */
    STEP,
    /** First column is the name, the others are bars. */
    BAR
  }

  /**
   * One table or plot.
   *
   * @param unit of the vertical axis, empty for tables
   * @param labels names of the values 0, 1, 2 … on the vertical axis, empty for numbers
   * @param empty what no row means, given that the section has data
   */
  public record Part(
      String title, Show show, String unit, List<String> labels, String empty, String sql) {
    /** Keeps its own copy. */
    public Part {
      labels = List.copyOf(labels);
    }
  }
}
