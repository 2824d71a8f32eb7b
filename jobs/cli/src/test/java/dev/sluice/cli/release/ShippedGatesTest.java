// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.release.GateOutcome;
import dev.sluice.rules.release.GateResult;
import dev.sluice.rules.release.ReleaseJudge;
import dev.sluice.schemas.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every shipped gate passes on data that are good, fails on data that are bad, and has no data when
 * they are missing, old or of a weaker kind. A gate without a {@link Mutation} fails the build.
 */
class ShippedGatesTest {
  static final Path GATES = Shipped.root().resolve("config/gates");

  /** Between them they have every gate. */
  private static final Map<String, Stage> STAGES =
      stages().stream().collect(Collectors.toMap(name -> name, new StageYaml(GATES)::read));

  @TempDir static Path root;
  private static GateWorld world;

  @BeforeAll
  static void write() throws IOException {
    world = new GateWorld(root).write();
  }

  @Test
  void everyShippedGateHasAMutation() {
    List<String> shipped =
        STAGES.values().stream()
            .flatMap(stage -> stage.entries().stream())
            .map(entry -> entry.gate().id())
            .distinct()
            .filter(id -> !Mutation.OF_FILES.contains(id))
            .toList();

    assertThat(
            STAGES.values().stream()
                .flatMap(stage -> stage.files().stream())
                .distinct()
                .sorted()
                .toList())
        .as("the stages that this test runs have every shipped file")
        .isEqualTo(new StageYaml(GATES).names());
    assertThat(Mutation.all().stream().map(Mutation::gate).toList())
        .containsExactlyInAnyOrderElementsOf(shipped);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void goodDataOpenEveryGate(String stage) {
    List<GateResult> results = run(STAGES.get(stage), world.datasets(), List.of());

    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.outcome())
                    .as(result.gate().id() + ": " + result.reason())
                    .isEqualTo(GateOutcome.PASS));
    assertThat(ReleaseJudge.go(results)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void evidenceThatIsTooOldIsNoData(String stage) {
    for (GateResult result : run(STAGES.get(stage), world.datasets(), List.of())) {
      long limitUs = result.reading().asOfUs() + result.gate().maxAgeMs() * 1_000;
      assertThat(again(result, Source.LIVE, limitUs)).isEqualTo(GateOutcome.PASS);
      assertThat(again(result, Source.LIVE, limitUs + 1_000)).isEqualTo(GateOutcome.NO_DATA);
    }
  }

  @Test
  void weakerEvidenceIsNoData() {
    List<Mutation.Change> simulated =
        List.of("health", "ticks", "verdicts", "drift", "parity", "trials", "decisions", "buckets")
            .stream()
            .map(
                name ->
                    new Mutation.Change(
                        name, "SELECT * REPLACE ('SIMULATED' AS source) FROM {old}"))
            .toList();

    for (GateResult result : run(STAGES.get("ga"), world.datasets(), simulated)) {
      boolean told = result.reading().weakest() != null;
      assertThat(told)
          .as(result.gate().id() + " tells its provenance")
          .isEqualTo(
              !Mutation.OF_FILES.contains(result.gate().id())
                  && !result.gate().id().equals("probe-received"));
      if (told) {
        assertThat(result.outcome()).as(result.gate().id()).isEqualTo(GateOutcome.NO_DATA);
        assertThat(again(result, Source.SIMULATED, GateWorld.NEWEST_US))
            .isEqualTo(GateOutcome.PASS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void badDataShutIt(Mutation mutation) {
    GateResult result = run(only(mutation.gate()), world.datasets(), mutation.changes()).get(0);

    assertThat(result.outcome()).as(result.reason()).isEqualTo(GateOutcome.FAIL);
    assertThat(result.open()).isFalse();
  }

  /**
   * Each dataset is left out once; the gates that need it have no data, and none fails to say so.
   */
  @ParameterizedTest
  @MethodSource("needed")
  void missingDataShutIt(String dataset) throws IOException {
    Path without = world.without(dataset, Files.createTempDirectory(root, "without"));
    Map<String, GateOutcome> outcomes = new TreeMap<>();
    for (String stage : stages()) {
      run(STAGES.get(stage), without, List.of())
          .forEach(result -> outcomes.put(result.gate().id(), result.outcome()));
    }
    List<String> needing =
        Mutation.all().stream().filter(m -> m.needs().equals(dataset)).map(Mutation::gate).toList();

    assertThat(outcomes).containsKeys(needing.toArray(String[]::new));
    assertThat(needing)
        .allSatisfy(gate -> assertThat(outcomes.get(gate)).as(gate).isEqualTo(GateOutcome.NO_DATA));
  }

  /** Decisions may be none; but not when engines follow some. */
  @Test
  void decisionsThatAreNotArchivedAreNoZeroDecisions() throws IOException {
    Path without = world.without("decisions", Files.createTempDirectory(root, "without"));

    GateResult lost = run(only("halts"), without, List.of()).get(0);
    GateResult none =
        run(
                only("halts"),
                without,
                List.of(
                    new Mutation.Change(
                        "health", "SELECT * REPLACE (0 AS control_epoch) FROM {old}")))
            .get(0);

    assertThat(lost.outcome()).isEqualTo(GateOutcome.NO_DATA);
    assertThat(lost.reason()).contains("engines follow decisions that are not here");
    assertThat(none.outcome()).as(none.reason()).isEqualTo(GateOutcome.PASS);
  }

  /** A verdict for an earlier moment sees nothing of what came later. */
  @Test
  void aBackDatedRunSeesOnlyItsPast() {
    List<Mutation.Change> haltedLater =
        Mutation.all().stream()
            .filter(m -> m.gate().equals("halts"))
            .findFirst()
            .orElseThrow()
            .changes();
    GateSettings settings = Shipped.settings(world, GateWorld.NEWEST_US - 20 * 3_600_000_000L);

    GateResult before = run(only("halts"), world.datasets(), haltedLater, settings).get(0);

    assertThat(before.outcome()).as(before.reason()).isEqualTo(GateOutcome.PASS);
  }

  static Stream<Mutation> mutations() {
    return Mutation.all().stream();
  }

  static List<String> stages() {
    return List.of("shadow", "ga");
  }

  static List<String> needed() {
    return Mutation.all().stream()
        .map(Mutation::needs)
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }

  private static GateOutcome again(GateResult result, Source provenance, long nowUs) {
    return ReleaseJudge.judge(result.gate(), result.reading(), provenance, nowUs, List.of())
        .outcome();
  }

  /** The stage that has this gate, with it alone. */
  static Stage only(String gate) {
    for (String name : stages()) {
      Stage stage = STAGES.get(name);
      List<Stage.Entry> entries =
          stage.entries().stream().filter(entry -> entry.gate().id().equals(gate)).toList();
      if (!entries.isEmpty()) {
        return new Stage(name, stage.description(), stage.provenance(), stage.files(), entries);
      }
    }
    throw new AssertionError("no shipped gate " + gate);
  }

  private static List<GateResult> run(Stage stage, Path directory, List<Mutation.Change> changes) {
    return run(stage, directory, changes, Shipped.settings(world, GateWorld.NEWEST_US));
  }

  static List<GateResult> run(
      Stage stage, Path directory, List<Mutation.Change> changes, GateSettings settings) {
    try (Datasets datasets = new Datasets(directory)) {
      changes.forEach(change -> change.apply(datasets));
      return GateRun.run(stage, new StageYaml(GATES), settings, datasets, line -> {}).results();
    }
  }
}
