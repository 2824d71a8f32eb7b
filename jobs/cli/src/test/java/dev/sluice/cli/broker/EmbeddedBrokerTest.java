// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over the embedded broker, and what is particular to it. */
class EmbeddedBrokerTest extends BrokerContract {
  @TempDir static Path directory;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(BrokerOptions.in(directory.resolve("one")));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  String bootstrap() {
    return broker.bootstrapServers();
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
  }

  @Test
  void createsNoTopicByItself() {
    refusesAnUnknownTopic();
  }

  @Test
  void goesOnWhereItStoppedInTheSameDirectory(@TempDir Path other) throws Exception {
    long offset;
    byte[] value = {1, 2, 3};
    try (EmbeddedBroker first = EmbeddedBroker.start(BrokerOptions.in(other))) {
      BrokerContract there = at(first);
      try (TopicsAdmin topics = new TopicsAdmin(first.bootstrapServers())) {
        topics.create(1, (short) 1);
      }
      offset = there.send(Topics.FILLS, "mm-1", value, null);
    }
    try (EmbeddedBroker second = EmbeddedBroker.start(BrokerOptions.in(other))) {
      assertThat(at(second).readFrom(Topics.FILLS, offset).value()).isEqualTo(value);
    }
  }

  private static BrokerContract at(EmbeddedBroker broker) {
    return new BrokerContract() {
      @Override
      String bootstrap() {
        return broker.bootstrapServers();
      }
    };
  }
}
