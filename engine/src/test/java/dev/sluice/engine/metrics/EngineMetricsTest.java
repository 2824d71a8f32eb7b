// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.EventSink;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Stages;
import dev.sluice.schemas.Tick;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A scrape of the engine's figures over HTTP. */
class EngineMetricsTest {
  private final MeteredSink sink = new MeteredSink(new Nowhere());

  @Test
  void aScrapeShowsWhatTheEngineDidAndSaid() throws Exception {
    try (EngineMetrics metrics = new EngineMetrics(sink, "mm-1", 0)) {
      assertThat(scrape(metrics))
          .as("no heartbeat yet: absent, not zero")
          .contains("sluice_engine_ticks_total{engine=\"mm-1\"} 0.0")
          .doesNotContain("sluice_engine_equity{", "sluice_engine_mode{");

      sink.tick(tick(4, 100, true));
      sink.tick(tick(60, 200, false));
      sink.tick(tick(4, 100, null));
      sink.health(health());
      assertThat(scrape(metrics))
          .contains("sluice_engine_ticks_total{engine=\"mm-1\"} 3.0")
          .contains("sluice_engine_deadline_misses_total{engine=\"mm-1\"} 1.0")
          .contains("sluice_engine_cache_hits_total{engine=\"mm-1\"} 1.0")
          .contains("sluice_engine_cache_reads_total{engine=\"mm-1\"} 2.0")
          .contains(
              "sluice_engine_stage_seconds_bucket{engine=\"mm-1\",stage=\"fetch_md\",le=\"0.005\"} 2")
          .contains(
              "sluice_engine_stage_seconds_bucket{engine=\"mm-1\",stage=\"fetch_md\",le=\"0.075\"} 3")
          .contains(
              "sluice_engine_stage_seconds_bucket{engine=\"mm-1\",stage=\"total\",le=\"0.1\"} 2")
          .contains("sluice_engine_stage_seconds_count{engine=\"mm-1\",stage=\"total\"} 3")
          .contains("sluice_engine_stage_seconds_sum{engine=\"mm-1\",stage=\"total\"} 0.4")
          .contains("sluice_engine_mode{engine=\"mm-1\",state=\"PAUSE\"} 1.0")
          .contains("sluice_engine_mode{engine=\"mm-1\",state=\"RUN\"} 0.0")
          .contains("sluice_engine_breaker{engine=\"mm-1\",state=\"OPEN\"} 1.0")
          .contains("sluice_engine_lease_left_seconds{engine=\"mm-1\"} 8.5")
          .contains("sluice_engine_day_pnl{engine=\"mm-1\"} -50.0")
          .contains("sluice_engine_api_errors_total{engine=\"mm-1\"} 4.0")
          .contains("sluice_engine_control_epoch{engine=\"mm-1\"} 7.0");
    }
  }

  private static String scrape(EngineMetrics metrics) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics.port() + "/metrics"))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static Tick tick(double fetchMs, double totalMs, Boolean hit) {
    return new Tick(
        Tick.SCHEMA,
        "mm-1",
        "r",
        1,
        1,
        Source.PAPER,
        "BTCUSDT",
        null,
        null,
        1,
        2,
        1,
        1,
        new Stages(fetchMs, 1, 1, 1, 1, 1),
        totalMs,
        150,
        hit,
        1.0,
        false,
        null,
        null,
        null,
        null);
  }

  private static Health health() {
    return new Health(
        Health.SCHEMA,
        "mm-1",
        "r",
        1,
        2_000_000,
        Source.PAPER,
        "b",
        "c",
        1_000_000,
        1,
        1,
        1,
        BreakerState.OPEN,
        1,
        0,
        4,
        0,
        0,
        0,
        0,
        3,
        950,
        0,
        0,
        1_000,
        Mode.PAUSE,
        7,
        8_500,
        0,
        null,
        null,
        null);
  }

  private static final class Nowhere implements EventSink {
    @Override
    public void tick(Tick tick) {}

    @Override
    public void order(Order order) {}

    @Override
    public void fill(Fill fill) {}

    @Override
    public void health(Health health) {}

    @Override
    public void ledger(Ledger ledger) {}

    @Override
    public long dropped() {
      return 0;
    }
  }
}
