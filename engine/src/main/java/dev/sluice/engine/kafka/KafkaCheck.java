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
import org.apache.kafka.common.errors.AuthenticationException;

/** Asks once, at the start, whether anybody answers. */
public final class KafkaCheck {
  /** Nobody answers, or Kafka does not let this client in; the message says where and why. */
  public static final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(KafkaAccess kafka, Throwable cause) {
      super(message(kafka, cause), cause);
    }

    private static String message(KafkaAccess kafka, Throwable cause) {
      if (cause instanceof KafkaException) {
        return "Kafka's client refuses its properties: " + deepest(cause);
      }
      return cause.getCause() instanceof AuthenticationException refusal
          ? "Kafka at "
              + kafka.bootstrap()
              + " does not let this client in: "
              + refusal.getMessage()
          : "no Kafka answers at "
              + kafka.bootstrap()
              + (kafka.properties().isEmpty() ? " (if it asks for TLS: --kafka-properties)" : "");
    }

    private static String deepest(Throwable failure) {
      Throwable deepest = failure;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      return deepest.getMessage();
    }
  }

  private KafkaCheck() {}

  /**
   * Waits for an answer of a Kafka that lets everybody in.
   *
   * @throws UnreachableException when none comes in time
   */
  public static void reachable(String bootstrap, Duration limit) {
    reachable(KafkaAccess.plain(bootstrap), limit);
  }

  /**
   * Waits for an answer.
   *
   * @throws UnreachableException when none comes in time
   */
  public static void reachable(KafkaAccess kafka, Duration limit) {
    Map<String, Object> properties =
        kafka.client(
            Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) limit.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) Math.min(5_000, limit.toMillis())));
    try (Admin admin = Admin.create(properties)) {
      admin.describeCluster().nodes().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new UnreachableException(kafka, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(kafka, e);
    }
  }
}
