// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates, lists and counts the topics of Sluice. One thread. */
public final class TopicsAdmin implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Admin admin;

  /** Connects lazily to {@code bootstrap} ({@code host:port[,…]}). */
  public TopicsAdmin(String bootstrap) {
    this(KafkaAccess.plain(bootstrap));
  }

  /** Connects lazily. */
  public TopicsAdmin(KafkaAccess kafka) {
    this.admin =
        Admin.create(
            kafka.client(
                Map.of(
                    "default.api.timeout.ms",
                    (int) TIMEOUT.toMillis(),
                    "request.timeout.ms",
                    (int) TIMEOUT.toMillis() / 2)));
  }

  /**
   * One topic as the broker has it.
   *
   * @param records end offsets − start offsets, over all partitions
   */
  public record TopicState(String name, int partitions, boolean compacted, long records) {}

  /**
   * Creates every topic of {@link Topics#ALL} that does not exist; returns the names created.
   *
   * @param partitions of each topic; all topics have the same number, so that one engine's records
   *     are on the same partition number everywhere
   * @param replication replicas of each partition
   * @throws IllegalStateException when the broker refuses or does not answer
   */
  public List<String> create(int partitions, short replication) {
    List<NewTopic> wanted = new ArrayList<>();
    for (Topics.Spec spec : Topics.ALL) {
      wanted.add(
          new NewTopic(spec.name(), partitions, replication).configs(configs(spec.compacted())));
    }
    List<String> created = new ArrayList<>();
    admin
        .createTopics(wanted)
        .values()
        .forEach(
            (name, done) -> {
              try {
                done.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                created.add(name);
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw new IllegalStateException(
                      "cannot create " + name + ": " + e.getCause().getMessage(), e);
                }
              } catch (InterruptedException | TimeoutException e) {
                throw unanswered("create " + name, e);
              }
            });
    return created.stream().sorted().toList();
  }

  /**
   * Topics of Sluice on the broker, in the order of {@link Topics#ALL}; absent ones are left out.
   */
  public List<TopicState> list() {
    Collection<String> there = await("list topics", admin.listTopics().names());
    List<String> ours = Topics.ALL.stream().map(Topics.Spec::name).filter(there::contains).toList();
    Map<String, TopicDescription> described =
        await("describe topics", admin.describeTopics(ours).allTopicNames());
    List<TopicState> states = new ArrayList<>();
    for (Topics.Spec spec : Topics.ALL) {
      TopicDescription description = described.get(spec.name());
      if (description != null) {
        int partitions = description.partitions().size();
        states.add(
            new TopicState(
                spec.name(), partitions, spec.compacted(), records(spec.name(), partitions)));
      }
    }
    return states;
  }

  /** Records in a topic: end offsets − start offsets, over {@code partitions} partitions. */
  public long records(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> first = new HashMap<>();
    Map<TopicPartition, OffsetSpec> last = new HashMap<>();
    for (int p = 0; p < partitions; p++) {
      first.put(new TopicPartition(topic, p), OffsetSpec.earliest());
      last.put(new TopicPartition(topic, p), OffsetSpec.latest());
    }
    return sum(last) - sum(first);
  }

  private long sum(Map<TopicPartition, OffsetSpec> specs) {
    return await("read offsets", admin.listOffsets(specs).all()).values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }

  private static Map<String, String> configs(boolean compacted) {
    Map<String, String> configs = new HashMap<>();
    configs.put("message.timestamp.type", "LogAppendTime");
    configs.put("retention.ms", "-1");
    configs.put("retention.bytes", "-1");
    if (compacted) {
      configs.put("cleanup.policy", "compact");
      configs.put("segment.ms", "60000");
      configs.put("min.cleanable.dirty.ratio", "0.1");
      configs.put("min.compaction.lag.ms", "10000");
      configs.put("max.compaction.lag.ms", "120000");
      configs.put("delete.retention.ms", "86400000");
    }
    return configs;
  }

  private static <T> T await(String what, org.apache.kafka.common.KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot " + what + ": " + e.getCause().getMessage(), e);
    } catch (InterruptedException | TimeoutException e) {
      throw unanswered(what, e);
    }
  }

  private static IllegalStateException unanswered(String what, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new IllegalStateException(
        "cannot " + what + ": no answer within " + TIMEOUT.toSeconds() + " s", e);
  }
}
