// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.metrics;

import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Mode;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * An engine's figures on {@code http://127.0.0.1:PORT/metrics}, in Prometheus' text form. All come
 * from what the engine counts and says anyway; a scrape asks the trading thread nothing. Before the
 * first heartbeat what it says is absent: no data is not zero.
 */
public final class EngineMetrics implements AutoCloseable {
  private static final String ENGINE = "engine";

  private final HTTPServer server;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final MeteredSink sink;
  private final Labels labels;

  /**
   * Serves them on loopback.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public EngineMetrics(MeteredSink sink, String engineId, int port) throws IOException {
    this.sink = sink;
    this.labels = Labels.of(ENGINE, engineId);
    register();
    this.server =
        HTTPServer.builder()
            .inetAddress(InetAddress.getLoopbackAddress())
            .port(port)
            .registry(registry)
            .buildAndStart();
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }

  private void register() {
    sink.counters().keySet().forEach(this::counted);
    total("sluice_engine_dropped_events", "events the outbox had to drop", Health::droppedEvents);
    total("sluice_engine_api_errors", "errors of the venue's API", Health::apiErrors);
    total("sluice_engine_ws_reconnects", "reconnects of the market data", Health::wsReconnects);
    total("sluice_engine_stale_marks", "marks that were too old", Health::staleMarks);
    total("sluice_engine_guard_triggers", "passes a guard has stopped", Health::guardTriggers);
    total(
        "sluice_engine_gc_pause_seconds",
        "time the garbage collector stopped the process for",
        h -> h.gcPauseMsTotal() / 1e3);
    total("sluice_engine_restarts", "starts of this run after the first", Health::restarts);
    gauge(
        "sluice_engine_event_time_seconds", "of the newest heartbeat", h -> h.eventTimeUs() / 1e6);
    gauge("sluice_engine_start_time_seconds", "start of this process", h -> h.startedAtUs() / 1e6);
    gauge("sluice_engine_control_epoch", "epoch applied last", Health::controlEpoch);
    gauge(
        "sluice_engine_lease_left_seconds",
        "permission to run, negative when lapsed",
        h -> h.leaseLeftMs() / 1e3);
    gauge("sluice_engine_equity", "quote currency", Health::equity);
    gauge("sluice_engine_realised_pnl", "quote currency", Health::realisedPnl);
    gauge("sluice_engine_unrealised_pnl", "quote currency", Health::unrealisedPnl);
    gauge(
        "sluice_engine_day_pnl",
        "equity less that at the start of the day, quote currency",
        h -> h.equity() - h.dayStartEquity());
    gauge("sluice_engine_open_orders", "at the venue", Health::openOrders);
    gauge("sluice_engine_unfilled_orders", "orders that stand too long", Health::unfilledOrders);
    gauge("sluice_engine_rss_bytes", "resident memory", Health::rssBytes);
    gauge("sluice_engine_heap_bytes", "used heap", Health::heapBytes);
    states("sluice_engine_mode", "1 for the mode in force", Mode.values(), Health::mode);
    states(
        "sluice_engine_breaker",
        "1 for the state of the circuit breaker",
        BreakerState.values(),
        Health::breaker);
    registry.register(new StageCollector());
  }

  private void counted(String name) {
    CounterWithCallback.builder()
        .name(name)
        .help("since this process started")
        .constLabels(labels)
        .callback(to -> to.call(sink.counters().get(name)))
        .register(registry);
  }

  private void total(String name, String help, ToDoubleFunction<Health> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .constLabels(labels)
        .callback(
            to -> {
              Health newest = sink.newest();
              if (newest != null) {
                to.call(value.applyAsDouble(newest));
              }
            })
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<Health> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .constLabels(labels)
        .callback(
            to -> {
              Health newest = sink.newest();
              if (newest != null) {
                to.call(value.applyAsDouble(newest));
              }
            })
        .register(registry);
  }

  private <E extends Enum<E>> void states(
      String name, String help, E[] values, Function<Health, E> state) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .constLabels(labels)
        .labelNames("state")
        .callback(
            to -> {
              Health newest = sink.newest();
              if (newest != null) {
                for (E value : values) {
                  to.call(value == state.apply(newest) ? 1 : 0, value.name());
                }
              }
            })
        .register(registry);
  }

  /** One histogram with a series per stage. */
  private final class StageCollector implements Collector {
    @Override
    public HistogramSnapshot collect() {
      HistogramSnapshot.Builder all =
          HistogramSnapshot.builder()
              .name("sluice_engine_stage_seconds")
              .help("time spent in each stage of a pass; total is the whole pass")
              .unit(Unit.SECONDS);
      sink.stages()
          .forEach(
              (stage, times) ->
                  all.dataPoint(
                      HistogramDataPointSnapshot.builder()
                          .classicHistogramBuckets(
                              ClassicHistogramBuckets.of(StageTimes.bordersS(), times.counts()))
                          .sum(times.sumS())
                          .labels(labels.merge(Labels.of("stage", stage)))
                          .build()));
      return all.build();
    }
  }
}
