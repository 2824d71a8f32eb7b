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
    assertThat(unfinished()).allMatch(name -> name.matches("\\.part-.*\\.segment"));
  }

  @Test
  void aStopShowsAllThatWasWrittenAndTheNextStartGoesOnFromThere() throws Exception {
    JobClient first = job.start(null, NEVER, Set.of());
    awaitRows(100);
    String savepoint = stop(first);
    int stopped = assertComplete();

    JobClient second = job.start(savepoint, NEVER, Set.of(stopped + 700L));
    awaitRows(stopped + 1_500);
    stop(second);

    assertThat(assertComplete()).isGreaterThan(stopped);
  }

  @Test
  void whatACancelledJobHidIsSeenAfterTheNextStart() throws Exception {
    JobClient first = job.start(null, NEVER, Set.of());
    awaitRows(100);
    first.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> first.getJobStatus().get().isGloballyTerminalState());
    List<Long> seen = job.rows();
    assertThat(seen).doesNotHaveDuplicates();

    JobClient second =
        job.start(
            LatestCheckpoint.find(job.checkpoints()).orElseThrow().toUri().toString(),
            NEVER,
            Set.of());
    awaitRows(seen.size() + 1_500);
    stop(second);

    List<Long> rows = job.rows();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(numbers(rows.size())).containsAll(seen);
  }

  private void awaitRows(int count) {
    await().atMost(PATIENCE).until(() -> job.rows().size() >= count);
  }

  private String stop(JobClient client) throws Exception {
    String savepoint =
        client
            .stopWithSavepoint(
                false, dir.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    end(client);
    return savepoint;
  }

  /** All rows from the first on are seen once, and nothing else is there; returns how many. */
  private int assertComplete() throws Exception {
    List<Long> rows = job.rows();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(numbers(rows.size()));
    assertThat(unfinished()).allMatch(name -> name.matches("\\.part-.*\\.segment"));
    return rows.size();
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
