// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

import static dev.sluice.schemas.Phase.CLEAR;
import static dev.sluice.schemas.Phase.LATCHED;
import static dev.sluice.schemas.Phase.PENDING;
import static dev.sluice.schemas.Phase.RECOVERING;
import static dev.sluice.schemas.Phase.TRIPPED;

import dev.sluice.schemas.Phase;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The closed table of a guard's moves. A trip without a hold passes through PENDING, a recovery
 * without a recover_hold through RECOVERING, a latch through TRIPPED, all within one step.
 */
public final class Moves {
  private static final Map<Phase, Set<Phase>> BY_EVIDENCE =
      Map.of(
          CLEAR, EnumSet.of(PENDING),
          PENDING, EnumSet.of(CLEAR, TRIPPED),
          TRIPPED, EnumSet.of(RECOVERING, LATCHED),
          RECOVERING, EnumSet.of(TRIPPED, CLEAR),
          LATCHED, EnumSet.noneOf(Phase.class));

  /** RESUME clears from anywhere; ACKNOWLEDGE hands a latched guard back to the evidence. */
  private static final Map<Phase, Set<Phase>> BY_A_PERSON =
      Map.of(
          CLEAR, EnumSet.noneOf(Phase.class),
          PENDING, EnumSet.of(CLEAR),
          TRIPPED, EnumSet.of(CLEAR),
          RECOVERING, EnumSet.of(CLEAR),
          LATCHED, EnumSet.of(CLEAR, TRIPPED));

  private Moves() {}

  /**
   * The last phase of a path whose every move is in the table of moves by evidence; staying is no
   * move.
   *
   * @throws IllegalStateException for a move that is not in the table
   */
  public static Phase byEvidence(Phase from, Phase... path) {
    return walk(BY_EVIDENCE, "by evidence", from, path);
  }

  /**
   * The phase a person moves a guard to.
   *
   * @throws IllegalStateException for a move that is not in the table
   */
  public static Phase byPerson(Phase from, Phase to) {
    return walk(BY_A_PERSON, "by a person", from, to);
  }

  /** Where a guard is when what it judged is over: CLEAR, from anywhere. */
  static Phase atTheEnd(Phase from) {
    return walk(BY_A_PERSON, "at the end", from, Phase.CLEAR);
  }

  private static Phase walk(Map<Phase, Set<Phase>> table, String by, Phase from, Phase... path) {
    Phase at = from;
    for (Phase next : path) {
      if (next != at && !table.get(at).contains(next)) {
        throw new IllegalStateException("illegal move " + at + " -> " + next + " " + by);
      }
      at = next;
    }
    return at;
  }
}
