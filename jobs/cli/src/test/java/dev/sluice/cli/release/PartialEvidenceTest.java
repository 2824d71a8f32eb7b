// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.release.GateOutcome;
import dev.sluice.rules.release.GateResult;
import dev.sluice.rules.release.ReleaseJudge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence that only a part of the fleet, or nobody, has given shuts a shipped gate. */
class PartialEvidenceTest {
  @TempDir static Path root;
  private static GateWorld world;

  @BeforeAll
  static void write() throws IOException {
    world = new GateWorld(root).write();
  }

  /** It has heartbeats and nothing else, beside a trial that has no data. */
  @ParameterizedTest
  @CsvSource({
    "shadow, hour-covered",
    "reconciliation, books-compared",
    "trial, trial-accepted",
    "exit, pnl-drift"
  })
  void anEngineThatOnlyBeatsShutsTheStage(String stage, String gate) {
    List<Mutation.Change> second =
        List.of(
            Mutation.more("health", "'mm-2' AS engine_id", "TRUE"),
            Mutation.more("trials", "'mm-2' AS engine_id, 'NO_DATA' AS outcome", "TRUE"));

    List<GateResult> results =
        run(new StageYaml(ShippedGatesTest.GATES).read(stage), world.datasets(), second);

    assertThat(ReleaseJudge.go(results)).isFalse();
    assertThat(results)
        .filteredOn(result -> result.gate().id().equals(gate))
        .singleElement()
        .satisfies(
            result ->
                assertThat(result.outcome()).as(result.reason()).isEqualTo(GateOutcome.NO_DATA));
  }

  @Test
  void memoryOfAnEngineThatIsYoungIsNoData() {
    List<Mutation.Change> young =
        List.of(
            Mutation.more(
                "health",
                "'mm-2' AS engine_id",
                "event_time_us >= to_timestamp(" + (GateWorld.END_S - 6_000) + ")"));

    GateResult result = run(ShippedGatesTest.only("rss-drift"), world.datasets(), young).get(0);

    assertThat(result.outcome()).as(result.reason()).isEqualTo(GateOutcome.NO_DATA);
    assertThat(result.reason()).contains("mm-2 has not two hours after warm-up");
  }

  @Test
  void withoutASnapshotOfFlagsThereIsNoData() {
    GateSettings given = Shipped.settings(world, GateWorld.NEWEST_US);
    GateSettings none =
        new GateSettings(
            given.datasets(),
            given.asOfUs(),
            null,
            null,
            null,
            null,
            null,
            given.baselines(),
            given.configuration(),
            given.logs(),
            given.waivers(),
            given.approvers(),
            given.createdBy());

    GateResult result =
        run(ShippedGatesTest.only("flags-snapshot"), world.datasets(), List.of(), none).get(0);

    assertThat(result.outcome()).isEqualTo(GateOutcome.NO_DATA);
    assertThat(result.reason()).contains("no snapshot was given (--flags)");
  }

  /** An acknowledgement of another criterion says nothing of the books. */
  @ParameterizedTest
  @CsvSource({"daily-loss, FAIL", "reconcile-warning, PASS", ", PASS"})
  void driftIsReviewedByAnAcknowledgementOfIt(String criterion, GateOutcome outcome) {
    List<Mutation.Change> changes =
        new ArrayList<>(
            Mutation.all().stream()
                .filter(m -> m.gate().equals("drift-reviewed"))
                .findFirst()
                .orElseThrow()
                .changes());
    changes.add(
        Mutation.more(
            "commands",
            "'ACKNOWLEDGE' AS action, to_timestamp("
                + (GateWorld.END_S - 10)
                + ") AS issued_at_us, "
                + (criterion == null ? "NULL" : "'" + criterion + "'")
                + "::VARCHAR AS criterion_id",
            "command_id = 'k-2'"));

    GateResult result =
        run(ShippedGatesTest.only("drift-reviewed"), world.datasets(), changes).get(0);

    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
  }

  @Test
  void evidenceThatTellsNoSourceIsNoData() {
    List<Mutation.Change> untold =
        List.of(
            new Mutation.Change("ticks", "SELECT * REPLACE (NULL::VARCHAR AS source) FROM {old}"));

    GateResult result = run(ShippedGatesTest.only("total-p95"), world.datasets(), untold).get(0);

    assertThat(result.outcome()).isEqualTo(GateOutcome.NO_DATA);
    assertThat(result.reason()).contains("nobody knows what the evidence comes from");
  }

  private static List<GateResult> run(Stage stage, Path directory, List<Mutation.Change> changes) {
    return run(stage, directory, changes, Shipped.settings(world, GateWorld.NEWEST_US));
  }

  private static List<GateResult> run(
      Stage stage, Path directory, List<Mutation.Change> changes, GateSettings settings) {
    return ShippedGatesTest.run(stage, directory, changes, settings);
  }
}
