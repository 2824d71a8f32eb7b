// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Nullable;

/**
 * Something recomputed from the raw events, or looked up, and compared.
 *
 * @param what was checked
 * @param found in one line
 * @param problem null when it is as it must be
 */
record Check(String what, String found, @Nullable String problem) {
  boolean ok() {
    return problem == null;
  }
}
