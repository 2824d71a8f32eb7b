// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.codec;

/**
 * Interns short repeated texts straight from the parser's characters, so that a known name costs a
 * hash and a comparison but no object. Bounded: when full, unknown names are made anew each time.
 * Not thread-safe.
 */
final class Names {
  private static final int SLOTS = 8192;
  private static final int LIMIT = 4096;
  private static final int PROBES = 16;
  private static final int MAX_LENGTH = 64;

  private final String[] table = new String[SLOTS];
  private int size;

  /** The text as a string; the same object for equal texts as long as there is room. */
  String intern(char[] characters, int offset, int length) {
    if (length > MAX_LENGTH) {
      return new String(characters, offset, length);
    }
    int hash = 0;
    for (int i = offset, end = offset + length; i < end; i++) {
      hash = 31 * hash + characters[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (int probe = 0; probe < PROBES; probe++) {
      String known = table[slot];
      if (known == null) {
        String made = new String(characters, offset, length);
        if (size < LIMIT) {
          table[slot] = made;
          size++;
        }
        return made;
      }
      if (same(known, characters, offset, length)) {
        return known;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return new String(characters, offset, length);
  }

  private static boolean same(String known, char[] characters, int offset, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != characters[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
