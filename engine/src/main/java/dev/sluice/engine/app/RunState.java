// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far a run has come, in a file that is replaced as a whole. Event time is reserved ahead: the
 * file holds a time that is never behind what has been published, so a killed engine goes on after
 * it and says nothing twice.
 */
final class RunState {
  private static final String FILE = "progress.json";
  private static final long RESERVE_US = 30_000_000L;

  /**
   * What a file says.
   *
   * @param originUs event time at which the run was begun
   * @param reservedUs nothing after this has been published
   */
  record Saved(
      long originUs,
      long reservedUs,
      double equity,
      double dayStartEquity,
      long restarts,
      boolean finished) {}

  private final Path file;
  private final long originUs;
  private final long restarts;
  private long reservedUs = Long.MIN_VALUE;

  RunState(Path directory, long originUs, long restarts) {
    this.file = directory == null ? null : directory.resolve(FILE);
    this.originUs = originUs;
    this.restarts = restarts;
  }

  /** What an earlier process left, empty when there is nothing or nothing readable. */
  static Optional<Saved> load(Path directory) {
    if (directory == null) {
      return Optional.empty();
    }
    try {
      JsonNode node = Json.mapper().readTree(Files.readAllBytes(directory.resolve(FILE)));
      return Optional.of(
          new Saved(
              node.path("origin_us").asLong(),
              node.path("reserved_us").asLong(),
              node.path("equity").asDouble(),
              node.path("day_start_equity").asDouble(),
              node.path("restarts").asLong(),
              node.path("finished").asBoolean()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("state " + directory.resolve(FILE) + " cannot be read", e);
    }
  }

  /** Makes sure that everything up to {@code limitUs} is reserved before it is published. */
  void reserve(long limitUs, double equity, double dayStartEquity) {
    if (file != null && limitUs > reservedUs) {
      reservedUs = limitUs + RESERVE_US;
      save(equity, dayStartEquity, false);
    }
  }

  /** The run is over: the next one begins anew. */
  void finish(double equity, double dayStartEquity) {
    if (file != null) {
      save(equity, dayStartEquity, true);
    }
  }

  private void save(double equity, double dayStartEquity, boolean finished) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("origin_us", originUs)
        .put("reserved_us", reservedUs)
        .put("equity", equity)
        .put("day_start_equity", dayStartEquity)
        .put("restarts", restarts)
        .put("finished", finished);
    Path next = file.resolveSibling(FILE + ".next");
    try {
      Files.createDirectories(file.getParent());
      Files.write(next, node.toString().getBytes(StandardCharsets.UTF_8));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("state " + file + " cannot be written", e);
    }
  }
}
