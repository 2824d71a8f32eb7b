// SPDX-License-Identifier: Apache-2.0
package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Flink's Prometheus reporter with the same names and labels, on loopback only: a Flink inside our
 * process must not listen where everybody can read it. On a cluster use Flink's own.
 */
public final class LoopbackPrometheusReporterFactory implements MetricReporterFactory {
  private static final String PREFIX = "metrics.reporter.prom.";
  private static final String PORT = "port";

  /** Switches it on. */
  public static void on(Configuration configuration, int port) {
    configuration.setString(
        PREFIX + "factory.class", LoopbackPrometheusReporterFactory.class.getName());
    configuration.setString(PREFIX + PORT, Integer.toString(port));
    // else mm-1 would become mm_1, and match nothing of the engine's own figures
    configuration.setString(PREFIX + "filterLabelValueCharacters", "false");
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return new Reporter(Integer.parseInt(properties.getProperty(PORT)));
  }

  private static final class Reporter extends AbstractPrometheusReporter {
    private final HTTPServer server;

    Reporter(int port) {
      try {
        server =
            new HTTPServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), registry, true);
      } catch (IOException e) {
        throw new UncheckedIOException("--metrics-port " + port + " cannot be had", e);
      }
    }

    @Override
    public void close() {
      server.stop();
      super.close();
    }
  }
}
