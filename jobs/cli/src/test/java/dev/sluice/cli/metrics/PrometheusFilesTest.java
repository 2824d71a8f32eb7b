// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.notify.AlertmanagerProcess;
import dev.sluice.engine.core.EventSink;
import dev.sluice.engine.metrics.EngineMetrics;
import dev.sluice.engine.metrics.MeteredSink;
import dev.sluice.schemas.BreakerState;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** config/prometheus, by the real promtool, and against what is really exported. */
class PrometheusFilesTest {

  @Test
  void promtoolAcceptsTheFilesAndTheirTestsPass() throws Exception {
    String promtool = AlertmanagerProcess.need("promtool");
    assertThat(run(promtool, "check", "config", "prometheus.yml")).contains("SUCCESS");
    assertThat(run(promtool, "check", "rules", "rules.yml")).contains("SUCCESS: 22 rules found");
    assertThat(run(promtool, "test", "rules", "rules_test.yml")).contains("SUCCESS");
  }

  @Test
  void everyFigureOfTheEngineThatIsAskedForIsExported() throws Exception {
    MeteredSink sink = new MeteredSink(new Nowhere());
    sink.health(
        Json.ofFields(
            Map.of(
                "engine_id", "mm-1",
                "source", Source.PAPER,
                "mode", Mode.RUN,
                "breaker", BreakerState.CLOSED),
            Health.class));
    try (EngineMetrics metrics = new EngineMetrics(sink, "mm-1", 0)) {
      String scraped = PrometheusFiles.scrape("http://127.0.0.1:" + metrics.port() + "/metrics");
      assertThat(PrometheusFiles.missing("sluice_engine_", scraped)).isEmpty();
      assertThat(PrometheusFiles.missing("sluice_engine_", "sluice_engine_equity{} 1"))
          .isNotEmpty();
    }
  }

  private static String run(String... line) throws Exception {
    Path directory = PrometheusFiles.directory();
    Process process =
        new ProcessBuilder(List.of(line))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
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
