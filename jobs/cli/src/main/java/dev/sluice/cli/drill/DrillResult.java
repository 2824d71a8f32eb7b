// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.schemas.Nullable;
import java.util.List;
import java.util.Map;

/**
 * What became of one fault.
 *
 * @param skipped why it could not be made here, null when it was
 * @param faultS from its injection to its end, wall clock, null when it never was injected
 * @param recoveryS from its injection until event time past it was judged again, wall clock, null
 *     when it never was
 * @param checks of the fault itself
 * @param figures by name, unit last
 */
public record DrillResult(
    String name,
    String about,
    @Nullable String skipped,
    @Nullable Double faultS,
    @Nullable Double recoveryS,
    List<DrillCheck> checks,
    Map<String, Object> figures) {
  /** True when it was made and all of its own checks hold. */
  public boolean pass() {
    return skipped == null && recoveryS != null && checks.stream().allMatch(DrillCheck::pass);
  }

  /** One sentence: what failed, or what was seen. */
  public String reason() {
    if (skipped != null) {
      return "skipped: " + skipped;
    }
    for (DrillCheck check : checks) {
      if (!check.pass()) {
        return check.what() + ": " + check.found();
      }
    }
    if (recoveryS == null) {
      return "it never was judged past the fault again";
    }
    return checks.isEmpty()
        ? "the invariants of the run hold"
        : checks.get(0).what() + ": " + checks.get(0).found();
  }
}
