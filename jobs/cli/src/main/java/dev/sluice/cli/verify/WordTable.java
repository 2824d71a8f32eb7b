// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.completeness.MissingRanges;
import dev.sluice.rules.completeness.NumberRange;
import dev.sluice.rules.completeness.NumberWord;
import java.util.ArrayList;
import java.util.List;

/**
 * The temporary table {@code words} of DuckDB: which numbers a dataset holds, per key, 64 to a row.
 * Columns: the key's, {@code word}, {@code present} (a bit per number), {@code n} (rows), {@code
 * first_number}, {@code last_number}.
 */
final class WordTable {
  /** Words read to list missing numbers; a table with more of them lists the first ones. */
  private static final int READ = 10_000;

  private final Datasets datasets;

  WordTable(Datasets datasets) {
    this.datasets = datasets;
  }

  /**
   * Fills the table.
   *
   * @param keys column list
   * @param number column of numbers, none negative
   * @param from what follows FROM
   */
  void create(String keys, String number, String from) {
    datasets.execute(
        """
        CREATE OR REPLACE TEMP TABLE words AS
        SELECT {keys}, {number} // 64 AS word,
               bit_or(1::UBIGINT << ({number} % 64)::UBIGINT) AS present,
               count(*) AS n, min({number}) AS first_number, max({number}) AS last_number
        FROM {from} GROUP BY ALL"""
            .replace("{keys}", keys)
            .replace("{number}", number)
            .replace("{from}", from));
  }

  void createEmpty(String keys) {
    datasets.execute(
        """
        CREATE OR REPLACE TEMP TABLE words AS
        SELECT {keys}, 0::BIGINT AS word, 0::UBIGINT AS present, 0::BIGINT AS n,
               0::BIGINT AS first_number, 0::BIGINT AS last_number LIMIT 0"""
            .replace("{keys}", keys));
  }

  /**
   * Numbers missing from {@code first} to {@code last} of one key.
   *
   * @param key condition
   * @param most ranges at most
   */
  List<NumberRange> missing(String key, long first, long last, int most) {
    List<NumberWord> words = new ArrayList<>();
    for (List<Object> row :
        datasets
            .query(
                """
                SELECT word, present::VARCHAR, before FROM (
                  SELECT word, present, lag(word) OVER (ORDER BY word) AS before
                  FROM words WHERE {key})
                WHERE before IS NULL OR before <> word - 1 OR bit_count(present) < 64
                ORDER BY word LIMIT {read}"""
                    .replace("{key}", key)
                    .replace("{read}", Integer.toString(READ)))
            .values()) {
      words.add(
          new NumberWord(
              StreamQueries.number(row.get(0)),
              Long.parseUnsignedLong((String) row.get(1)),
              row.get(2) == null ? null : StreamQueries.number(row.get(2))));
    }
    return MissingRanges.of(first, last, words, most);
  }
}
