// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.flink.app.LatestCheckpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a store while its job crashes, stops and is cancelled. */
class ParquetStoreTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long ENOUGH = 5_000;
  private static final long NEVER = 100_000_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @TempDir Path dir;
  private StoreJob job;

  @BeforeEach
  void job() {
    job = new StoreJob(dir.resolve("store").toUri(), dir);
  }

  @Test
  void crashesLoseNoRowAndDoubleNone() throws Exception {
    end(job.start(null, ENOUGH, Set.of(400L, 1_100L, 1_101L, 2_500L, 4_999L)));

    assertThat(job.rows()).containsExactlyInAnyOrderElementsOf(numbers(ENOUGH));
    assertThat(job.files()).hasSizeLessThan(60);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void aStopShowsAllThatWasWrittenAndTheNextStartGoesOnFromThere() throws Exception {
    JobClient first = job.start(null, NEVER, Set.of(600L));
    await().atMost(PATIENCE).until(() -> !job.files().isEmpty());
    String savepoint =
        first
            .stopWithSavepoint(
                false, dir.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    first.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    List<Long> stopped = job.rows();
    assertThat(stopped).containsExactlyInAnyOrderElementsOf(numbers(stopped.size()));
    assertThat(unfinished()).isEmpty();

    end(job.start(savepoint, stopped.size() + ENOUGH, Set.of(stopped.size() + 200L)));

    assertThat(job.rows()).containsExactlyInAnyOrderElementsOf(numbers(stopped.size() + ENOUGH));
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void whatACancelledJobHidIsSeenAfterTheNextStart() throws Exception {
    JobClient first = job.start(null, NEVER, Set.of());
    await().atMost(PATIENCE).until(() -> !job.files().isEmpty());
    first.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> first.getJobStatus().get().isGloballyTerminalState());
    assertThat(job.rows()).doesNotHaveDuplicates();
    String checkpoint =
        LatestCheckpoint.find(job.checkpoints()).orElseThrow().toUri().toString();

    end(job.start(checkpoint, 20_000, Set.of()));

    assertThat(job.rows()).containsExactlyInAnyOrderElementsOf(numbers(20_000));
  }

  private static void end(JobClient client) throws Exception {
    client.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<Long> numbers(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  private List<String> unfinished() throws Exception {
    try (Stream<Path> all = Files.walk(dir.resolve("store"))) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.matches("part-.*\\.parquet"))
          .toList();
    }
  }
}
