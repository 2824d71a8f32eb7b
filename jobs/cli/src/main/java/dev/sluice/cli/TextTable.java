package dev.sluice.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as their content, the last one free. Numbers to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

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
    rows.forEach(row -> line(text, row, widths, numbers));
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
