// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import java.util.Locale;

/**
 * Something that must hold, and whether it does.
 *
 * @param what must hold, a few words
 * @param pass whether it does
 * @param found one sentence: what was seen
 */
public record DrillCheck(String what, boolean pass, String found) {
  /** Holds. */
  public static DrillCheck pass(String what, String found, Object... values) {
    return new DrillCheck(what, true, text(found, values));
  }

  /** Does not hold. */
  public static DrillCheck fail(String what, String found, Object... values) {
    return new DrillCheck(what, false, text(found, values));
  }

  /** Holds or not. */
  public static DrillCheck of(boolean pass, String what, String found, Object... values) {
    return new DrillCheck(what, pass, text(found, values));
  }

  private static String text(String found, Object... values) {
    return values.length == 0 ? found : String.format(Locale.ROOT, found, values);
  }
}
