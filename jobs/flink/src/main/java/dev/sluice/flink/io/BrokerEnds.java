// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers, again and again while they cannot be reached. */
final class BrokerEnds implements Ends {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerEnds.class);
  private static final long RETRY_MS = 1_000;

  private final Admin admin;
  private final ScheduledExecutorService later;
  private volatile boolean closed;
  private volatile boolean warned;

  /**
   * A client of its own.
   *
   * @param client properties of any Kafka client; what only consumers know is left out
   * @param subtask tells this client's name from those of the other readers
   */
  BrokerEnds(Properties client, int subtask) {
    Map<String, Object> properties = new HashMap<>();
    client.forEach(
        (key, value) -> {
          if (AdminClientConfig.configNames().contains(key)) {
            properties.put((String) key, value);
          }
        });
    properties.computeIfPresent(
        AdminClientConfig.CLIENT_ID_CONFIG, (key, name) -> name + "-" + subtask);
    admin = Admin.create(properties);
    later =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ends of partitions");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public CompletableFuture<Answer> ask(List<TopicPartition> partitions, long delayMs) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    schedule(delayMs, () -> ask(partitions, answer));
    return answer;
  }

  private void ask(List<TopicPartition> partitions, CompletableFuture<Answer> answer) {
    long askedAtMs = System.currentTimeMillis();
    if (partitions.isEmpty()) {
      answer.complete(new Answer(Map.of(), askedAtMs));
      return;
    }
    admin
        .listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest())))
        .all()
        .whenComplete(
            (ends, failure) -> {
              if (failure == null) {
                warned = false;
                Map<TopicPartition, Long> offsets = new HashMap<>();
                ends.forEach((partition, end) -> offsets.put(partition, end.offset()));
                answer.complete(new Answer(offsets, askedAtMs));
              } else {
                failed(failure);
                schedule(RETRY_MS, () -> ask(partitions, answer));
              }
            });
  }

  private void failed(Throwable failure) {
    if (!warned && !closed) {
      warned = true;
      LOG.warn(
          "cannot ask where the partitions end; until it can be, nothing counts as missing",
          failure);
    }
  }

  @Override
  public CompletableFuture<Void> after(long delayMs) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    schedule(delayMs, () -> over.complete(null));
    return over;
  }

  private void schedule(long delayMs, Runnable what) {
    try {
      later.schedule(what, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    later.shutdownNow();
    admin.close(Duration.ZERO);
  }
}
