// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.flink.io.DatasetFiles;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The store on S3, through Flink's plugin, against a local server. */
class S3StoreTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long ENOUGH = 4_000;
  private static final long NEVER = 100_000_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .build());

  @TempDir static Path serverDir;
  private static S3Server server;

  @TempDir Path dir;

  @BeforeAll
  static void serve() throws Exception {
    String missing = "NOT TESTED: S3, as jobs/s3-server is not built";
    if (!S3Server.available()) {
      System.err.println(missing);
    }
    assumeTrue(S3Server.available(), missing);
    System.setProperty("aws.java.v1.disableDeprecationAnnouncement", "true");
    server = S3Server.start(serverDir);
    Configuration configuration = new Configuration();
    configuration.setString("s3.endpoint", server.endpoint().toString());
    configuration.setString("s3.path.style.access", "true");
    configuration.setString("s3.access-key", S3Server.ACCESS_KEY);
    configuration.setString("s3.secret-key", server.secretKey());
    FileSystem.initialize(
        configuration,
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(S3Server.plugins()).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(configuration)));
  }

  @AfterAll
  static void end() {
    if (server != null) {
      FileSystem.initialize(new Configuration(), null);
      server.close();
    }
  }

  @Test
  void crashesLoseNoRowAndDoubleNone() throws Exception {
    URI store = at("crashes");
    StoreJob job = new StoreJob(store, dir);

    end(job.start(null, ENOUGH, Set.of(400L, 1_900L, 3_999L)));

    assertThat(job.rows()).containsExactlyInAnyOrderElementsOf(numbers(ENOUGH));
    assertThat(job.files())
        .hasSizeBetween(3, 60)
        .allMatch(file -> file.path().contains("/engine=mm%2F"));
    assertOnlyFinishedFiles(store);
  }

  @Test
  void aStopShowsAllThatWasWrittenAndTheNextStartGoesOnFromThere() throws Exception {
    URI store = at("stopped");
    StoreJob job = new StoreJob(store, dir);
    JobClient first = job.start(null, NEVER, Set.of());
    awaitRows(job, 100);
    String savepoint = stop(first);
    int stopped = assertComplete(job, store);

    JobClient second = job.start(savepoint, NEVER, Set.of(stopped + 700L));
    awaitRows(job, stopped + 1_500);
    stop(second);

    assertThat(assertComplete(job, store)).isGreaterThan(stopped);
  }

  @Test
  void filesAreListedReadAndReplaced() throws Exception {
    DatasetFiles files = DatasetFiles.below(at("files"));
    String manifest = "dataset=ticks/date=2026-11-01/_manifest.json";
    String data = "dataset=ticks/date=2026-11-01/engine=a%2Fb/part-1.parquet";

    assertThat(files.parquet()).isEmpty();
    assertThat(files.exists(manifest)).isFalse();
    assertThatThrownBy(() -> files.open(manifest).close())
        .isInstanceOf(FileNotFoundException.class);

    files.write(manifest, "first, and longer".getBytes(UTF_8));
    files.write(manifest, "second".getBytes(UTF_8));
    files.write(data, "rows".getBytes(UTF_8));

    assertThat(files.named("_manifest.json")).containsExactly(manifest);
    try (InputStream in = files.open(manifest)) {
      assertThat(in).hasContent("second");
    }
    assertThat(files.parquet())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.path()).isEqualTo(data);
              assertThat(found.sizeBytes()).isEqualTo(4);
              assertThat(found.modifiedMs()).isPositive();
            });
  }

  private static URI at(String prefix) {
    return URI.create("s3://" + S3Server.BUCKET + "/" + prefix);
  }

  private static void awaitRows(StoreJob job, int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> job.rows().size() >= count);
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

  private static void end(JobClient client) throws Exception {
    client.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** All rows from the first on are seen once, and nothing is left over; returns how many. */
  private static int assertComplete(StoreJob job, URI store) throws Exception {
    List<Long> rows = job.rows();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(numbers(rows.size()));
    assertOnlyFinishedFiles(store);
    return rows.size();
  }

  private static List<Long> numbers(long end) {
    return LongStream.range(0, end).boxed().toList();
  }

  /** Segments that a crash left may stay; of anything else only finished files are there. */
  private static void assertOnlyFinishedFiles(URI store) throws Exception {
    List<String> names = new ArrayList<>();
    collect(new org.apache.flink.core.fs.Path(store), names);
    assertThat(names)
        .isNotEmpty()
        .allMatch(n -> n.matches("part-.*\\.parquet|\\.part-.*\\.segment"));
  }

  private static void collect(org.apache.flink.core.fs.Path below, List<String> into)
      throws Exception {
    for (FileStatus status : below.getFileSystem().listStatus(below)) {
      if (status.isDir()) {
        collect(status.getPath(), into);
      } else {
        into.add(status.getPath().getName());
      }
    }
  }
}
