// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.reconcile;

import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Nullable;
import java.util.ArrayList;
import java.util.List;

/**
 * What both sides have said of one fill.
 *
 * @param engine null while the engine has not booked it
 * @param venue null while the venue has not reported it
 */
public record FillPair(String fillId, @Nullable Execution engine, @Nullable Execution venue) {

  boolean complete() {
    return engine != null && venue != null;
  }

  /** Of either side, the venue's when both are there. */
  Execution any() {
    return venue != null ? venue : engine;
  }

  /** When the first side told it. */
  long firstUs() {
    return complete() ? Math.min(engine.atUs(), venue.atUs()) : any().atUs();
  }

  /** When the newest side told it. */
  long lastUs() {
    return complete() ? Math.max(engine.atUs(), venue.atUs()) : any().atUs();
  }

  FillPair withEngine(Execution execution) {
    return new FillPair(fillId, execution, venue);
  }

  FillPair withVenue(Execution execution) {
    return new FillPair(fillId, engine, execution);
  }

  /** Offsets of the messages, null when none is known. */
  List<InputRange> inputs() {
    List<InputRange> inputs = new ArrayList<>();
    if (engine != null && engine.at() != null) {
      inputs.add(engine.at());
    }
    if (venue != null && venue.at() != null) {
      inputs.add(venue.at());
    }
    return inputs.isEmpty() ? null : inputs;
  }
}
