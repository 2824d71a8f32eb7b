// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.TestPaths;
import dev.sluice.flink.config.SluiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The graphs of the jobs: every operator has its uid, and uids do not change by accident. */
class GraphTest {
  private static final Path GOLDEN =
      TestPaths.repositoryRoot().resolve("jobs/flink/src/test/resources/uids");

  enum Job {
    BUCKETS(BucketJob::define),
    CRITERIA(StopCriteriaJob::define),
    INTEGRITY(IntegrityJob::define),
    RECONCILIATION(ReconciliationJob::define),
    RISK(PortfolioRiskJob::define),
    TRIAL(TrialJob::define),
    PARITY(ParityJob::define),
    CALIBRATION(CalibrationJob::define),
    GATE(GateJob::define),
    DATASETS(DatasetJob::define),
    ALL(AllJobs::define);

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final BiConsumer<StreamExecutionEnvironment, SluiceConfig> define;

    Job(BiConsumer<StreamExecutionEnvironment, SluiceConfig> define) {
      this.define = define;
    }

    StreamGraph graph(String... overrides) {
      SluiceConfig config =
          SluiceConfig.load(
              TestPaths.repositoryRoot().resolve("config/sluice.yaml"), List.of(overrides));
      StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
      define.accept(env, config);
      return env.getStreamGraph(false);
    }
  }

  @ParameterizedTest
  @EnumSource(Job.class)
  void uidsAreThoseCommitted(Job job) throws IOException {
    List<String> lines = new ArrayList<>();
    for (StreamNode node : job.graph().getStreamNodes()) {
      lines.add(node.getTransformationUID() + " | " + node.getOperatorName());
    }
    lines.sort(null);
    Path golden = GOLDEN.resolve(job.name().toLowerCase(java.util.Locale.ROOT) + ".txt");
    if (Boolean.getBoolean("sluice.golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.write(golden, lines);
    }

    assertThat(lines).isEqualTo(Files.readAllLines(golden));
  }

  @ParameterizedTest
  @EnumSource(Job.class)
  void everyUidIsSetOnceAndVersioned(Job job) {
    List<String> uids = new ArrayList<>();
    for (StreamNode node : job.graph().getStreamNodes()) {
      assertThat(node.getTransformationUID())
          .as(node.getOperatorName())
          .isNotNull()
          .matches(".*-v\\d+$");
      uids.add(node.getTransformationUID());
    }

    assertThat(uids).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Job.class)
  void aJobGraphCanBeMade(Job job) {
    assertThat(job.graph("flink.parallelism=2").getJobGraph().getNumberOfVertices()).isPositive();
  }

  /** Or else a savepoint of one instance could not be restored by two: Flink refuses it. */
  @ParameterizedTest
  @EnumSource(Job.class)
  void noOperatorHasOtherKeyGroupsBecauseOfWhatItIsChainedTo(Job job) {
    assertThat(keyGroups(job.graph("flink.parallelism=1")))
        .isEqualTo(keyGroups(job.graph("flink.parallelism=2")));
  }

  private static Map<String, Integer> keyGroups(StreamGraph graph) {
    Map<String, Integer> keyGroups = new TreeMap<>();
    for (JobVertex vertex : graph.getJobGraph().getVertices()) {
      vertex
          .getOperatorIDs()
          .forEach(
              pair ->
                  keyGroups.put(
                      pair.getGeneratedOperatorID().toString(), vertex.getMaxParallelism()));
    }
    return keyGroups;
  }

  @ParameterizedTest
  @EnumSource(Job.class)
  void everyStateOfTheGraphIsCheckpointedExactlyOnce(Job job) {
    StreamGraph graph = job.graph("flink.checkpoint.interval=2s");

    assertThat(graph.getCheckpointConfig().getCheckpointInterval()).isEqualTo(2_000);
    assertThat(graph.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(graph.getExecutionConfig().isObjectReuseEnabled()).isTrue();
    assertThat(graph.getJobConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(graph.getExecutionConfig().getAutoWatermarkInterval()).isZero();
    Map<String, Long> timeouts = new TreeMap<>();
    graph.getStreamNodes().stream()
        .filter(n -> n.getBufferTimeout() != 0)
        .forEach(n -> timeouts.put(n.getTransformationUID(), n.getBufferTimeout()));
    assertThat(timeouts.keySet()).allMatch(uid -> uid.startsWith("dataset-tap-"));
  }
}
