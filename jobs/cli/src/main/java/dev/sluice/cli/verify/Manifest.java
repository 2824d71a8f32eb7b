// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What one day of a dataset consists of. The same files give the same manifest, byte for byte: it
 * says no time of its own making.
 *
 * @param date as in the path, such as {@code 2026-01-05}
 * @param createdBy version of Sluice that wrote it
 * @param schemas contracts of the rows, such as {@code tick.v1}
 * @param firstUs least event time, epoch microseconds; null without rows
 * @param lastUs greatest event time, epoch microseconds; null without rows
 * @param rowsBySource rows by provenance; empty where rows say none
 * @param coveredHours per engine, minutes with at least one row, in hours
 * @param files by path
 */
public record Manifest(
    String schema,
    String dataset,
    String date,
    String createdBy,
    List<String> schemas,
    long rows,
    long bytes,
    @Nullable Long firstUs,
    @Nullable Long lastUs,
    Map<String, Long> rowsBySource,
    Map<String, Double> coveredHours,
    List<Part> files) {
  public static final String SCHEMA = "manifest.v1";

  /** Name of the file, beside the data; it is none itself as it begins with an underscore. */
  public static final String NAME = "_manifest.json";

  private static final ObjectWriter WRITER = Json.mapper().writerWithDefaultPrettyPrinter();

  /**
   * One file.
   *
   * @param path relative to the manifest
   * @param writtenBy what the file says of who wrote it
   * @param firstUs least event time, null without rows
   * @param lastUs greatest event time, null without rows
   */
  public record Part(
      String path,
      long rows,
      long bytes,
      String sha256,
      String writtenBy,
      @Nullable Long firstUs,
      @Nullable Long lastUs) {}

  /** As it is written. */
  public byte[] json() {
    try {
      return (WRITER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write the manifest of " + dataset, e);
    }
  }

  /**
   * Reads one.
   *
   * @throws MalformedException when the bytes are no manifest
   */
  public static Manifest read(byte[] json) throws MalformedException {
    return Json.read(json, Manifest.class);
  }

  /** By which the dataset can be cited: SHA-256 of the manifest. */
  public String sha256() {
    return FileHash.of(json());
  }
}
