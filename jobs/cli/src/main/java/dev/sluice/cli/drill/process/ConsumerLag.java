// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a job is behind its topics, by the offsets it commits with each checkpoint. */
final class ConsumerLag {
  private ConsumerLag() {}

  /** Records between the group's committed offsets and the ends; −1 when it committed nothing. */
  static long of(String bootstrap, String group) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      if (committed.isEmpty()) {
        return -1;
      }
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      committed.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
      long lag = 0;
      for (var end : admin.listOffsets(ends).all().get().entrySet()) {
        lag += end.getValue().offset() - committed.get(end.getKey()).offset();
      }
      return lag;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not tell the offsets of " + group, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
