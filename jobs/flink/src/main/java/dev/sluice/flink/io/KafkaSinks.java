// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sinks of JSON records, keyed. At least once: a record leaves for the broker the moment it is
 * written (no lingering, no transaction) and a checkpoint completes only when the broker has all of
 * them; after a crash some come again, with the same deterministic ids.
 */
public final class KafkaSinks {
  private final String bootstrap;
  private final String clientIdPrefix;
  private final Map<String, String> overrides;

  /**
   * Sinks of one job.
   *
   * @param overrides client properties, stronger than the ones set here
   */
  public KafkaSinks(String bootstrap, String clientIdPrefix, Map<String, String> overrides) {
    this.bootstrap = bootstrap;
    this.clientIdPrefix = clientIdPrefix;
    this.overrides = overrides;
  }

  /** A sink to one topic; {@code key} gives the record's key, for example its engine id. */
  public <T extends Record> KafkaSink<T> json(String topic, RecordKey<T> key) {
    return signed(topic, key, "");
  }

  /**
   * The same, of signed records.
   *
   * @param keyFile the key that signs, read where the sink runs; empty to sign nothing
   */
  public <T extends Record> KafkaSink<T> signed(String topic, RecordKey<T> key, String keyFile) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(bootstrap)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new JsonSerializer<>(topic, key, keyFile))
        .setKafkaProducerConfig(producerProperties(topic))
        .build();
  }

  Properties producerProperties(String topic) {
    Properties properties = new Properties();
    properties.setProperty(
        ProducerConfig.CLIENT_ID_CONFIG, clientIdPrefix + "-" + TopicNames.shortName(topic));
    properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // since Kafka 4 producers linger 5 ms by default
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.putAll(overrides);
    return properties;
  }
}
