// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Control;
import java.util.stream.Collectors;

/** The reason of a control record, in one line. */
public final class Because {
  private Because() {}

  /** Who and why for a person's command, else the criteria with their reasons. */
  public static String of(Control control) {
    if (control.command() != null) {
      return control.command().who() + ": " + control.command().why();
    }
    if (control.cause().isEmpty()) {
      return "-";
    }
    return control.cause().stream().map(Because::of).distinct().collect(Collectors.joining("; "));
  }

  private static String of(Cause cause) {
    return cause.criterionId() + ": " + cause.reason();
  }
}
