// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.TrialSetup;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.engine.gate.edge.ControlTrust;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.market.SeededRandom;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process is to run.
 *
 * @param scenario null when none is played
 * @param trust whose control records and leases are believed
 * @param shadow trade at a paper exchange of its own, whatever else is played
 * @param trial null when this engine knows none
 * @param data captures to replay, empty for the simulated book
 * @param venue where to trade; null for the paper exchange in this process
 * @param durationMs event time, negative for as long as there is something to play
 * @param stateDir null when nothing is to be remembered
 * @param metricsPort of Prometheus' figures on loopback, 0 for any free one, null for none
 */
record RunPlan(
    EngineConfig config,
    TrialSetup trial,
    boolean shadow,
    KafkaAccess kafka,
    ControlTrust trust,
    Scenario scenario,
    List<Path> data,
    URI venue,
    Pace pace,
    long durationMs,
    Path stateDir,
    Integer metricsPort,
    boolean progressLines,
    boolean summaryLine) {
  /** What goes wrong in this process: a shadow has faults of its own, and no others. */
  List<Scenario.Fault> faults() {
    if (scenario == null) {
      return List.of();
    }
    return shadow ? scenario.shadowFaults() : scenario.faults();
  }

  /** A shadow's orders take other times to the venue and back than those it is held against. */
  long venueSeed() {
    return shadow ? SeededRandom.of(config.seed(), "shadow venue").nextLong() : config.seed();
  }
}
