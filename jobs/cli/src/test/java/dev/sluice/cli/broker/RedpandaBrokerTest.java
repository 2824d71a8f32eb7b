// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.redpanda.RedpandaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract over Redpanda, a broker that is not Kafka's own; skipped where there is no Docker.
 */
class RedpandaBrokerTest extends BrokerContract {
  private static final String IMAGE = "docker.redpanda.com/redpandadata/redpanda:v24.3.6";
  private static RedpandaContainer redpanda;

  @BeforeAll
  static void start() {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    if (!docker) {
      System.err.println(
          "SKIPPED RedpandaBrokerTest: no Docker here; the contract ran on the embedded broker only");
    }
    assumeTrue(docker, "no Docker here: the broker contract ran on the embedded broker only");
    redpanda = new RedpandaContainer(DockerImageName.parse(IMAGE));
    redpanda.start();
  }

  @AfterAll
  static void stop() {
    if (redpanda != null) {
      redpanda.stop();
    }
  }

  @Override
  String bootstrap() {
    return redpanda.getBootstrapServers();
  }
}
