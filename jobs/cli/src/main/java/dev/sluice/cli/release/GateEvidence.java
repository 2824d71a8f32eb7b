// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one gate was judged on, as it lies in a bundle: the query (or the name of the check), the
 * span, and the row that it gave.
 *
 * @param rows values in the order of the columns; none where a dataset was not there
 * @param missing why there is no row; null where there is one
 */
public record GateEvidence(
    String schema,
    String gate,
    @Nullable String sql,
    @Nullable String check,
    long sinceUs,
    long untilUs,
    List<String> columns,
    List<List<Object>> rows,
    @Nullable String missing) {
  public static final String SCHEMA = "gate_evidence.v1";

  /** As a file: the same bytes for the same evidence. */
  byte[] json() {
    try {
      return (Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write the evidence of " + gate, e);
    }
  }

  Rows result() {
    return new Rows(columns, rows);
  }
}
