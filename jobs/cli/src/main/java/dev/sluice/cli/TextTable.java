// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: columns as wide as their content, the last one free. Numbers to the right.
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final String NOTE = "        ";

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<List<String>> notes = new ArrayList<>();

  /** A table with these column heads. */
  public TextTable(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row; as many cells as heads. */
  public TextTable row(String... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + head.size() + " columns");
    }
    rows.add(List.of(cells));
    notes.add(new ArrayList<>());
    return this;
  }

  /** Adds a line below the last row; nothing when the text is empty. */
  public TextTable note(String text) {
    if (!text.isEmpty()) {
      notes.get(notes.size() - 1).add(text);
    }
    return this;
  }

  /** The table, one line per row, ending with a line feed. */
  public String render() {
    int[] widths = new int[head.size()];
    boolean[] numbers = new boolean[head.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = head.get(c).length();
      numbers[c] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
        numbers[c] &= row.get(c).matches("[-+]?[0-9][0-9,.]*( ms| s)?|-|");
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, head, widths, numbers);
    line(text, java.util.Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, numbers);
    for (int r = 0; r < rows.size(); r++) {
      line(text, rows.get(r), widths, numbers);
      notes.get(r).forEach(note -> text.append(NOTE).append(note).append('\n'));
    }
    return text.toString();
  }

  private static void line(
      StringBuilder text, List<String> cells, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String pad = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : GAP);
      line.append(numbers[c] ? pad + cells.get(c) : cells.get(c) + pad);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
