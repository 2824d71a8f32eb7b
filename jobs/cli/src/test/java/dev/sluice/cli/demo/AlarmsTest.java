// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Action;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gate and the engine complain about fails the run, or is a note. */
class AlarmsTest {
  private static final long MINUTE_US = 60_000_000L;
  private static final Scenario SILENT =
      Scenario.parse(
          """
          name: silent
          description: a silence
          start: 2026-01-05T00:00:00Z
          duration: 1h
          seed: 1
          engine: mm-1
          ticks_per_second: 2
          symbols: [SIMUSDT]
          faults:
            - {id: silence, kind: silence, at: 20m, for: 10m, expect: []}
          commands: []
          """,
          "silent");

  @Test
  void anEngineThatDisobeysIsAProblemAtAnyTime() {
    assertThat(alarms(ack("PAUSE not EFFECTIVE after 11000 ms, now HALT", 25)).problems())
        .singleElement()
        .asString()
        .contains("not EFFECTIVE after 11000 ms");
  }

  @Test
  void anEngineThatDoesNotAnswerIsAProblemUnlessItWasSilenced() {
    assertThat(alarms(ack("PAUSE not RECEIVED after 6000 ms", 10)).problems()).hasSize(1);
    Alarms during = alarms(ack("PAUSE not RECEIVED after 6000 ms", 25));
    assertThat(during.problems()).isEmpty();
    assertThat(during.notes()).hasSize(1);
  }

  @Test
  void aWithheldLeaseIsANote() {
    Alarms alarms = alarms(alarm("gate.lease", "no lease", 10));
    assertThat(alarms.problems()).isEmpty();
    assertThat(alarms.notes()).singleElement().asString().contains("gate.lease", "no lease");
  }

  @Test
  void droppedEventsAreAProblem() {
    assertThat(Alarms.of(SILENT, SILENT.startUs(), List.of(), 3).problems())
        .containsExactly("the engine dropped 3 events");
  }

  private static Alarms alarms(Verdict verdict) {
    return Alarms.of(SILENT, SILENT.startUs(), List.of(verdict), 0);
  }

  private static Verdict ack(String reason, int minute) {
    return alarm("gate.ack", reason, minute);
  }

  private static Verdict alarm(String criterion, String reason, int minute) {
    long atUs = SILENT.startUs() + minute * MINUTE_US;
    return Verdicts.of(criterion, Phase.TRIPPED, Action.ALERT, atUs, reason);
  }
}
