// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import dev.sluice.flink.RawRecord;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * Sources of raw records. A job that restores from a checkpoint goes on where that one was; one
 * that starts without goes on at its group's committed offsets, or else at the beginning, so that
 * neither an event nor a person's command is skipped.
 */
public final class KafkaSources {
  /** Least time between two watermarks of a reader. */
  public static final long READ_THROUGH_MS = 100;

  private final String bootstrap;
  private final String groupId;
  private final Map<String, String> overrides;

  /**
   * Sources of one job.
   *
   * @param groupId consumer group; its committed offsets matter only for starts without a
   *     checkpoint
   * @param overrides client properties, stronger than the ones set here
   */
  public KafkaSources(String bootstrap, String groupId, Map<String, String> overrides) {
    this.bootstrap = bootstrap;
    this.groupId = groupId;
    this.overrides = overrides;
  }

  /**
   * One source for several topics, read side by side. Its watermark W, in milliseconds, is no event
   * time: what was stored when the readers' clocks showed W has been handed on.
   */
  public Source<RawRecord, ?, ?> raw(String clientId, List<String> topics) {
    return raw(clientId, topics, committed());
  }

  /** The same, from the beginning at every start without a checkpoint: for compacted topics. */
  public Source<RawRecord, ?, ?> rawFromBeginning(String clientId, List<String> topics) {
    return raw(clientId, topics, OffsetsInitializer.earliest());
  }

  private Source<RawRecord, ?, ?> raw(
      String clientId, List<String> topics, OffsetsInitializer start) {
    return new ReadThroughSource(kafka(clientId, topics, start), client(clientId));
  }

  @SuppressWarnings("deprecation") // the connector's only way to name a reset strategy
  private static OffsetsInitializer committed() {
    return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
  }

  private KafkaSource<RawRecord> kafka(
      String clientId, List<String> topics, OffsetsInitializer start) {
    return KafkaSource.<RawRecord>builder()
        .setBootstrapServers(bootstrap)
        .setGroupId(groupId)
        .setClientIdPrefix(groupId + "-" + clientId)
        .setTopics(topics)
        .setStartingOffsets(start)
        .setDeserializer(new RawRecordDeserializer())
        .setProperties(consumerProperties())
        .build();
  }

  private Properties client(String clientId) {
    Properties properties = consumerProperties();
    properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.setProperty(
        CommonClientConfigs.CLIENT_ID_CONFIG, groupId + "-" + clientId + "-ends");
    return properties;
  }

  Properties consumerProperties() {
    Properties properties = new Properties();
    // a record is handed over as soon as it is there, not when a batch is full
    properties.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
    properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    properties.setProperty("partition.discovery.interval.ms", "10000");
    properties.putAll(overrides);
    return properties;
  }
}
