// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.flink.TestPaths;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every savepoint that a release has left is restored by this build, all of its state, and what was
 * begun before it ends as if there had been none. {@code -Dsluice.savepoint.write=NAME} adds one of
 * this build.
 */
class SavepointCorpusTest {
  private static final Path CORPUS =
      TestPaths.repositoryRoot().resolve("jobs/flink/src/test/resources/savepoints");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SAVED_US = Story.START_US + Story.SAVEPOINT_SECOND * 1_000_000L;
  private static final int MAX_CORPUS_BYTES = 300 * 1024;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  private static StoryJob uninterrupted;

  @TempDir Path dir;

  @BeforeAll
  static void runWithoutASavepoint() throws Exception {
    StoryJob job = new StoryJob(null).start();
    firstPart(job);
    secondPart(job);
    uninterrupted = job.end();
  }

  static List<Path> savepoints() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files.filter(file -> file.toString().endsWith(".gz")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("savepoints")
  void whatWasBegunBeforeTheSavepointEndsAfterIt(Path savepoint) throws Exception {
    StoryJob job = new StoryJob(unpacked(savepoint)).start();
    secondPart(job);
    mustGoOn(job.end());
  }

  @Test
  void aSavepointOfThisBuildIsRestoredByIt() throws Exception {
    mustGoOn(restored(saved()));
  }

  @Test
  void writesOneOfThisBuildWhenAskedTo() throws Exception {
    String name = System.getProperty("sluice.savepoint.write");
    assumeTrue(name != null, "-Dsluice.savepoint.write=NAME adds a savepoint to the corpus");
    Files.createDirectories(CORPUS);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(CORPUS.resolve(name + ".gz")))) {
      Files.copy(saved().resolve("_metadata"), out);
    }
  }

  @Test
  void theCorpusIsSmallAndNotEmpty() throws IOException {
    long bytes = 0;
    for (Path savepoint : savepoints()) {
      bytes += Files.size(savepoint);
    }
    assertThat(savepoints()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(bytes).isLessThan(MAX_CORPUS_BYTES);
  }

  private Path saved() throws Exception {
    StoryJob job = new StoryJob(null).start();
    firstPart(job);
    await().atMost(PATIENCE).until(() -> everybodyHasSpoken(job)); // so every task is running
    Path savepoint = job.stop(dir);
    try (Stream<Path> files = Files.list(savepoint)) {
      assertThat(files).as("all state is in the one file").hasSize(1);
    }
    return savepoint;
  }

  private static StoryJob restored(Path savepoint) throws Exception {
    StoryJob job = new StoryJob(savepoint).start();
    secondPart(job);
    return job.end();
  }

  private static boolean everybodyHasSpoken(StoryJob job) {
    Set<String> judges =
        job.verdicts.all().stream().map(Verdict::progressOf).collect(Collectors.toSet());
    return judges.containsAll(List.of("criteria", "integrity", "reconciliation"))
        && !job.riskVerdicts.all().isEmpty()
        && !job.control.all().isEmpty();
  }

  private static void firstPart(StoryJob job) {
    job.events.say(Story.between(0, Story.SAVEPOINT_SECOND));
    job.commands.say(List.of(Story.halt()));
    await().atMost(PATIENCE).until(() -> job.events.said() && job.commands.said());
  }

  private static void secondPart(StoryJob job) {
    job.commands.say(List.of(Story.resume()));
    job.events.say(Story.between(Story.SAVEPOINT_SECOND, Story.END_SECOND));
    await().atMost(PATIENCE).until(() -> job.events.said() && job.commands.said());
  }

  private static void mustGoOn(StoryJob job) {
    assertThat(judged(job.verdicts.all()))
        .as("verdicts of the stop criteria")
        .isEqualTo(judged(uninterrupted.verdicts.all()));
    assertThat(job.verdicts.all())
        .as("the hold begun before the savepoint")
        .filteredOn(verdict -> verdict.criterionId().equals("miss"))
        .filteredOn(verdict -> verdict.phase() == Phase.TRIPPED)
        .isNotEmpty()
        .allMatch(v -> v.episodeStartUs() < SAVED_US && v.eventTimeUs() > SAVED_US);
    assertThat(job.findings.all())
        .as("the order intended before the savepoint")
        .extracting(Finding::findingId)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            uninterrupted.findings.all().stream()
                .filter(finding -> finding.eventTimeUs() > SAVED_US)
                .map(Finding::findingId)
                .toList());
    assertThat(job.riskVerdicts.all())
        .as("the position bought before the savepoint, and the one after")
        .anyMatch(v -> v.criterionId().equals("gross") && v.outcome() == VerdictOutcome.BREACH);
    assertThat(job.control.all())
        .as("the person's halt before the savepoint, epoch 1, and the end of it")
        .filteredOn(decided -> decided.engineId().equals("mm-2"))
        .extracting(Control::mode, Control::epoch)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Mode.RUN, 2L));
  }

  /** Identities with what was measured, of verdicts on buckets that closed after the savepoint. */
  private static Set<String> judged(List<Verdict> verdicts) {
    Predicate<Verdict> windowed =
        verdict -> verdict.criterionId().equals("miss") && verdict.eventTimeUs() > SAVED_US;
    return verdicts.stream()
        .filter(windowed)
        .map(verdict -> verdict.verdictId() + " " + verdict.evidence().measured())
        .collect(Collectors.toSet());
  }

  private Path unpacked(Path savepoint) throws IOException {
    Path directory = Files.createDirectories(dir.resolve("savepoint"));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(savepoint))) {
      Files.copy(in, directory.resolve("_metadata"));
    }
    return directory;
  }
}
