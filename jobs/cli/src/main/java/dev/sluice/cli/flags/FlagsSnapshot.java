// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flags;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * The feature flags of a fleet at one time.
 *
 * @param takenAtUs wall clock of whoever took it
 * @param engines by id
 * @param sha256 over the same document in one line with this component empty
 */
public record FlagsSnapshot(
    String schema, long takenAtUs, List<EngineFlags> engines, String sha256) {
  public static final String SCHEMA = "flags_snapshot.v1";

  public FlagsSnapshot {
    engines = List.copyOf(engines);
  }

  /** A snapshot of these engines, with its hash. */
  public static FlagsSnapshot of(long takenAtUs, List<EngineFlags> engines) {
    FlagsSnapshot open =
        new FlagsSnapshot(
            SCHEMA,
            takenAtUs,
            engines.stream().sorted(Comparator.comparing(EngineFlags::engineId)).toList(),
            "");
    return new FlagsSnapshot(SCHEMA, takenAtUs, open.engines(), hash(open));
  }

  /**
   * Reads what was written.
   *
   * @throws IllegalArgumentException when it is no snapshot, names no engine, or was altered
   */
  public static FlagsSnapshot parse(byte[] json) {
    FlagsSnapshot read;
    try {
      read = Json.read(json, FlagsSnapshot.class);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("it is no snapshot of flags: " + e.getMessage(), e);
    }
    if (!SCHEMA.equals(read.schema()) || read.engines().isEmpty()) {
      throw new IllegalArgumentException("it is no snapshot of flags: it names no engine");
    }
    if (!read.sha256().equals(hash(read))) {
      throw new IllegalArgumentException("it was altered: its content does not give its sha256");
    }
    return read;
  }

  private static String hash(FlagsSnapshot snapshot) {
    FlagsSnapshot open =
        new FlagsSnapshot(snapshot.schema(), snapshot.takenAtUs(), snapshot.engines(), "");
    return Sha256.hex(new String(Json.write(open), StandardCharsets.UTF_8));
  }
}
