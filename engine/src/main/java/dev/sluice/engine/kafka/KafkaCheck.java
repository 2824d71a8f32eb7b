// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks once, at the start, whether anybody answers. */
public final class KafkaCheck {
  /** Nobody answers; the message says where. */
  public static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(String bootstrap, Throwable cause) {
      super("no Kafka answers at " + bootstrap, cause);
    }
  }

  private KafkaCheck() {}

  /**
   * Waits for an answer.
   *
   * @throws UnreachableException when none comes in time
   */
  public static void reachable(String bootstrap, Duration limit) {
    Map<String, Object> properties =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) limit.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) Math.min(5_000, limit.toMillis()));
    try (Admin admin = Admin.create(properties)) {
      admin.describeCluster().nodes().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new UnreachableException(bootstrap, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(bootstrap, e);
    }
  }
}
