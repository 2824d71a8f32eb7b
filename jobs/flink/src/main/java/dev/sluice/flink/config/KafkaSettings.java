// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import java.util.HashMap;
import java.util.Map;

/** How to reach Kafka. Maps are passed to the clients as they are, and are never printed. */
public record KafkaSettings(
    @Setting(value = "localhost:9092", doc = "bootstrap servers, host:port, separated by commas")
        String bootstrap,
    @Setting(value = "sluice", doc = "consumer groups are <prefix>-<job>") String groupPrefix,
    @Setting(
            value = "{}",
            doc = "properties of every client: security.protocol, sasl.jaas.config, …")
        Map<String, String> client,
    @Setting(value = "{}", doc = "properties of consumers only") Map<String, String> consumer,
    @Setting(value = "{}", doc = "properties of producers only") Map<String, String> producer) {

  /** The same with more properties of every client, stronger than the ones there are. */
  KafkaSettings plusClient(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(client);
    all.putAll(more);
    return new KafkaSettings(bootstrap, groupPrefix, Map.copyOf(all), consumer, producer);
  }

  @Override
  public String toString() {
    return "KafkaSettings[bootstrap=%s, groupPrefix=%s, client=%s, consumer=%s, producer=%s]"
        .formatted(bootstrap, groupPrefix, client.keySet(), consumer.keySet(), producer.keySet());
  }
}
