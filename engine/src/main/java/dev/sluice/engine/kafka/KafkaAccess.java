// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * Where Kafka is and how to get in: the brokers, and the properties that every client of a process
 * has, for TLS and SASL. Values are secrets: they are never printed.
 *
 * @param bootstrap {@code host:port[,…]}
 * @param properties client properties as Kafka names them; may be empty
 */
public record KafkaAccess(String bootstrap, Map<String, String> properties) {
  static final String BOOTSTRAP_KEY = "bootstrap.servers";

  public KafkaAccess {
    properties = Map.copyOf(properties);
  }

  /** A Kafka that lets everybody in. */
  public static KafkaAccess plain(String bootstrap) {
    return new KafkaAccess(bootstrap, Map.of());
  }

  /**
   * Configuration of one client.
   *
   * @param own what this client has of its own; a property given by a person is stronger
   */
  public Map<String, Object> client(Map<String, ?> own) {
    Map<String, Object> all = new HashMap<>(own);
    all.putAll(properties);
    all.put(BOOTSTRAP_KEY, bootstrap);
    return all;
  }

  @Override
  public String toString() {
    return "KafkaAccess[bootstrap=" + bootstrap + ", properties=" + properties.keySet() + "]";
  }
}
