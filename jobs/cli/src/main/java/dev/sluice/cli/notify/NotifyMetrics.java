// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Figures of telling people, for Prometheus, on loopback. Read at each scrape, kept nowhere. */
final class NotifyMetrics implements AutoCloseable {
  private static final String CHANNEL = "channel";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HTTPServer server;

  /**
   * Serves them.
   *
   * @param standing how many episodes are not over
   * @param rows rows written so far
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  NotifyMetrics(Switchboard switchboard, DoubleSupplier standing, DoubleSupplier rows, int port)
      throws IOException {
    GaugeWithCallback.builder()
        .name("sluice_notify_standing_episodes")
        .help("episodes that are not over")
        .callback(to -> to.call(standing.getAsDouble()))
        .register(registry);
    CounterWithCallback.builder()
        .name("sluice_notify_rows")
        .help("receipts and failures written")
        .callback(to -> to.call(rows.getAsDouble()))
        .register(registry);
    perChannel(
        switchboard, "sluice_notify_failures_in_a_row", "three are told", ChannelWorker::failures);
    perChannel(
        switchboard, "sluice_notify_waiting", "messages not arrived", ChannelWorker::waiting);
    server =
        HTTPServer.builder()
            .inetAddress(InetAddress.getLoopbackAddress())
            .port(port)
            .registry(registry)
            .buildAndStart();
  }

  /** Where it listens. */
  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }

  private void perChannel(
      Switchboard switchboard, String name, String help, ToDoubleFunction<ChannelWorker> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(CHANNEL)
        .callback(
            to ->
                switchboard
                    .workers()
                    .forEach(one -> to.call(value.applyAsDouble(one), one.spec().name())))
        .register(registry);
  }
}
