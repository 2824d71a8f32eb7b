// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import java.util.Locale;

/** Why a control record or a lease was not believed. */
public enum Refusal {
  /** It carries no signature. */
  UNSIGNED("carries no signature"),
  /** It names a key that this engine does not have. */
  UNKNOWN_KEY("is signed with a key that this engine does not have"),
  /** The signature is not that key's over this topic, key and value. */
  WRONG_SIGNATURE("carries a signature that is wrong"),
  /** Its content speaks of another engine than its key. */
  OTHER_ENGINE("was made for another engine"),
  /** A lease no newer than one already taken. */
  REPLAYED("is no newer than the last lease taken"),
  /** A lease issued too long ago, or in the future: replayed later, or the clocks differ. */
  OUT_OF_TIME("was issued too far from this engine's wall clock");

  private final String about;

  Refusal(String about) {
    this.about = about;
  }

  /** For people: completes "a record that …". */
  String about() {
    return about;
  }

  /** As reports name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
