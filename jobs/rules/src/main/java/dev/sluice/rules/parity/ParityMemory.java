// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.judge.CriterionMemory;
import java.util.List;

/** What is remembered of one pair. A value that was changed must be put back. */
public interface ParityMemory extends CriterionMemory {
  /** Never null. */
  ParityState state();

  void putState(ParityState state);

  /** The intent of that key, or null. */
  Intent intent(String key);

  void putIntent(String key, Intent intent);

  void removeIntent(String key);

  /** All intents of both sides, in any order. */
  List<Intent> intents();
}
