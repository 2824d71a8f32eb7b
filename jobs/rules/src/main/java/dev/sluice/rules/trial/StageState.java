// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Source;
import dev.sluice.schemas.TrialState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the judgement of one engine has come, and the stage it is in; its public fields are the
 * state. Event times in microseconds.
 */
public final class StageState {
  /** End of the newest bucket judged, 0 before the first. */
  public long judgedUntilUs;

  /** Start of the oldest bucket since which none is missing. */
  public long seenFromUs;

  /** Provenance of the newest bucket. */
  public Source source = Source.SIMULATED;

  /** The running stage, null while none runs. */
  public TrialState trial;

  /** Event time of this stage in which the engine ticked. */
  public long coveredMs;

  /** Buckets of an arm and symbol that are counted. */
  public long counted;

  /** Buckets with ticks of an arm in a slot, or a part of it, that is not that arm's. */
  public long misassigned;

  /** Buckets with orders or fills of an arm and no ticks where it has none: of a slot before. */
  public long strays;

  /** Symbols with data in this stage, sorted. */
  public List<String> symbols = new ArrayList<>();

  /** Criteria that ask for HALT instead of ROLLBACK, each with why. */
  public Map<String, String> halting = new HashMap<>();

  public StageState() {}

  /** From here on everything of the stage was seen. */
  long firstUs() {
    return Math.max(trial.sinceUs(), seenFromUs);
  }

  /** Another stage, or none: what was known of the one before is forgotten. */
  void begin(TrialState next) {
    trial = next;
    coveredMs = 0;
    counted = 0;
    misassigned = 0;
    strays = 0;
    symbols = new ArrayList<>();
    halting = new HashMap<>();
  }
}
