// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.calibration;

import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * The rows that count of a calibration dataset: of each engine, symbol, arm and start the highest
 * version, in that order. Files may hold them in any order and more than once. Not thread-safe.
 */
public final class CalibrationSet {
  /** What a row is one of. */
  private record Key(String engineId, String symbol, @Nullable Arm arm, long startUs)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::engineId)
            .thenComparing(Key::symbol)
            .thenComparing(Key::arm, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(Key::startUs);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Key, Calibration> rows = new TreeMap<>();

  /** Adds a row; a lower version of one that is there is superseded already. */
  public void add(Calibration row) {
    rows.merge(
        new Key(row.engineId(), row.symbol(), row.arm(), row.startUs()),
        row,
        (one, other) -> other.version() > one.version() ? other : one);
  }

  /** The rows that count, by engine, symbol, arm (none first) and start. */
  public Collection<Calibration> rows() {
    return rows.values();
  }

  /**
   * SHA-256 of the rows that count, each as a line of JSON, in their order: the same for the same
   * rows, whatever files they are in.
   */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Calibration row : rows.values()) {
        digest.update(Json.write(row));
        digest.update((byte) '\n');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
