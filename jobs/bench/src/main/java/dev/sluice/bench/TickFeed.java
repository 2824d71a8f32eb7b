// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Fills the ticks and health topics with what ten healthy engines publish, by chance but seeded.
 */
final class TickFeed {
  static final int ENGINES = 10;
  private static final int TICKS_PER_START = 500;
  private static final String PREFIX = "bench-mm-";
  private static final short REPLICATION = 1;

  private TickFeed() {}

  /**
   * Publishes at least this many ticks, whole buckets.
   *
   * @return the exact number
   */
  static long fill(String bootstrap, long ticks) throws Exception {
    createTopics(bootstrap);
    try (var feed = new HealthyEngines(bootstrap, PREFIX, ENGINES, TICKS_PER_START)) {
      long starts = (ticks + feed.ticksPerStart() - 1) / feed.ticksPerStart();
      for (long start = 0; start < starts; start++) {
        feed.start();
      }
      feed.end();
      return starts * feed.ticksPerStart();
    }
  }

  /** All engines. */
  static List<String> names() {
    return HealthyEngines.names(PREFIX, ENGINES);
  }

  /** Ticks of each engine within {@link OrderFeed#PERIOD_S}. */
  static Map<String, Long> perPeriod() {
    Map<String, Long> ticks = new HashMap<>();
    names()
        .forEach(
            name ->
                ticks.put(name, TICKS_PER_START * OrderFeed.PERIOD_S / HealthyEngines.BUCKET_S));
    return ticks;
  }

  /** The event topics, of one partition each, where they are not there yet. */
  static void createTopics(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name :
          List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER)) {
        topics.add(new NewTopic(name, 1, REPLICATION).configs(Map.of("retention.ms", "-1")));
      }
      for (var created : admin.createTopics(topics).values().values()) {
        try {
          created.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
    }
  }
}
