// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Feature flags as a part of the desired state: set by a person, remembered whole, taken back where
 * the engine does not take them up. Which flags there are the engine alone knows.
 */
final class FlagRules {
  private static final int MAX_FLAGS = 64;
  private static final String NAME = "[a-z0-9][a-z0-9_.-]{0,63}";

  /** An engine saves all flags in one line of 2,048 bytes, with what else it was told. */
  private static final int MAX_CHARACTERS = 1_400;

  private static final int VALUE_CHARACTERS = 8;

  private FlagRules() {}

  /** Why SET_FLAGS is refused, null when it is not. */
  static String refusal(Draft draft, Command command) {
    Map<String, Boolean> flags = command.flags();
    if (flags == null || flags.isEmpty()) {
      return "flags are mandatory";
    }
    for (Map.Entry<String, Boolean> flag : flags.entrySet()) {
      if (!flag.getKey().matches(NAME) || flag.getValue() == null) {
        return "flag '" + flag.getKey() + "' needs a name of a-z 0-9 _ . - and true or false";
      }
    }
    if (draft.rollout.running()) {
      return "trial "
          + draft.rollout.trialId()
          + " runs, and compares settings; roll it back first";
    }
    Map<String, Boolean> all = with(draft, flags);
    int characters = all.keySet().stream().mapToInt(name -> name.length() + VALUE_CHARACTERS).sum();
    if (characters > MAX_CHARACTERS) {
      return "the names of the flags are too long together for what an engine saves";
    }
    return all.size() > MAX_FLAGS ? "more than " + MAX_FLAGS + " flags" : null;
  }

  /** What was set before, and these over it. */
  static Map<String, Boolean> with(Draft draft, Map<String, Boolean> flags) {
    Map<String, Boolean> all = new TreeMap<>(draft.flags == null ? Map.of() : draft.flags);
    all.putAll(flags);
    return Collections.unmodifiableMap(all);
  }

  /**
   * Whether the engine's answer shows what was asked for.
   *
   * @return true too where nobody set a flag
   */
  static boolean inForce(Draft draft, Ack ack) {
    Map<String, Boolean> asked = draft.control.flags();
    return asked == null
        || asked.isEmpty()
        || (ack.flags() != null
            && asked.entrySet().stream()
                .allMatch(flag -> Objects.equals(ack.flags().get(flag.getKey()), flag.getValue())));
  }

  /**
   * The engine has not taken the flags up: what it says is in force is asked for from now on, so
   * that nothing is left that it cannot do.
   */
  static void takeBack(Draft draft, Ack ack) {
    String reason =
        "flags were not taken up: "
            + (ack.reason() == null ? "in force are " + inForce(ack) : ack.reason());
    Verdict verdict = GateVerdicts.flagsRefused(draft, ack.decisionId(), reason);
    draft.verdicts.add(verdict);
    draft.record(AuditWords.flagsRefused(draft, ack, reason));
    Map<String, Boolean> kept = new TreeMap<>(draft.control.flags());
    kept.keySet().retainAll(ack.flags() == null ? List.of() : ack.flags().keySet());
    kept.replaceAll((name, asked) -> ack.flags().get(name));
    draft.flags = Collections.unmodifiableMap(kept); // none is not null, which means: as before
    draft.settle(
        new Trigger(
            GateVerdicts.FLAGS + "|" + ack.decisionId(),
            0,
            List.of(new Cause(verdict.verdictId(), verdict.criterionId(), null, null, reason)),
            null,
            draft.watermarkUs,
            0,
            true));
  }

  private static String inForce(Ack ack) {
    return ack.flags() == null ? "none that it knows of" : AuditWords.flags(ack.flags());
  }
}
