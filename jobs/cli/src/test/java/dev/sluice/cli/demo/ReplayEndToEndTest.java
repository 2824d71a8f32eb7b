// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice demo --data} on ten minutes of real trading around a midnight. */
class ReplayEndToEndTest {
  private static final String CAPTURES = "binance_btc_eth_midnight";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theReplayOfTwoCapturesGoesExactlyAsExpected(@TempDir Path directory) throws Exception {
    Path captures = Captures.directory(CAPTURES);
    String[] arguments = {
      "demo",
      "--data",
      captures.resolve("spot_btcusdt_20240808.raw.gz").toString(),
      captures.resolve("spot_btcusdt_20240809.raw.gz").toString(),
      "--output",
      "json",
      "--out",
      directory.resolve("run").toString()
    };
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    assertThat(code).as("%s%n%s", err, out).isEqualTo(ExitCodes.OK);
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("scenario").asText()).isEqualTo("replay");
    assertThat(report.path("event_hours").asDouble() * 60).isGreaterThanOrEqualTo(9.99);
    assertThat(report.path("datasets").path("ticks").path("rows").asLong()).isGreaterThan(1_000);
    assertThat(report.path("faults")).hasSize(1);
    JsonNode fault = report.path("faults").get(0);
    assertThat(fault.path("effective").asBoolean()).isTrue();
    assertThat(Instant.parse(fault.path("decided_event_time").asText()))
        .as("event time is the captures' own")
        .isBetween(Instant.parse("2024-08-08T23:54:00Z"), Instant.parse("2024-08-09T00:05:05Z"));
  }
}
