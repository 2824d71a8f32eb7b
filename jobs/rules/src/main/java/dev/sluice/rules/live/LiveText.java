// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.live;

import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriteriaYaml;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Enforcement;
import java.util.List;

/** The text of one criterion as it travels in a record, read as strictly as a file. */
public final class LiveText {
  /** Longest text, in characters. */
  public static final int MAX_LENGTH = 16_384;

  private LiveText() {}

  /**
   * The criterion of a text, in force whatever its {@code mode} says: that is given by staging and
   * promoting.
   *
   * @param file named in errors
   * @throws CriteriaException when the text is wrong, is of several criteria, or switches one off
   */
  public static CriterionSpec read(String file, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new CriteriaException(
          file + ": " + text.length() + " characters, at most " + MAX_LENGTH + " are read");
    }
    List<CriterionSpec> specs = CriteriaYaml.parse(file, text);
    boolean one = specs.size() == 1 || (specs.size() == 2 && specs.get(0).warnAt() > 0);
    if (!one) {
      throw new CriteriaException(
          file + ": " + specs.size() + " criteria; they are changed one at a time");
    }
    CriterionSpec spec = specs.get(0);
    if (spec.mode() == Enforcement.OFF) {
      throw new CriteriaException(
          file
              + ": `mode: off` would leave `"
              + spec.id()
              + "` unjudged with nobody told; override it for a time instead");
    }
    return spec.enforced();
  }
}
