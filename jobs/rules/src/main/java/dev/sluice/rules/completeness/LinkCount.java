// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import java.util.List;

/**
 * One kind of link between records.
 *
 * @param name such as {@code fill-order}
 * @param rule what must hold, for people
 * @param checked records that have such a link
 * @param broken of these, the ones that point at nothing
 * @param examples ids of some
 */
public record LinkCount(
    String name, String rule, long checked, long broken, List<String> examples) {
  public LinkCount {
    examples = List.copyOf(examples);
  }
}
