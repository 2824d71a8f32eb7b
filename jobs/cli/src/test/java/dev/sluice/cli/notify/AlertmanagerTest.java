// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.Home;
import dev.sluice.cli.metrics.PrometheusFiles;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Alertmanager between us and a webhook. */
class AlertmanagerTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofMillis(1_500);

  @TempDir Path directory;

  @Test
  void anEpisodeIsOneMessageAndOneWhenItIsOver() throws Exception {
    EpisodeTracker tracker = new EpisodeTracker(false, Severity.INFO);
    List<Notification> rows = new CopyOnWriteArrayList<>();
    try (Receiver people = new Receiver();
        AlertmanagerProcess alertmanager =
            new AlertmanagerProcess(directory, routedTo(people.url()))) {
      NotifyConfig config = config(alertmanager.url());
      try (Switchboard board =
              new Switchboard(config, true, Clock.systemUTC(), rows::add, words -> {});
          NotifyMetrics metrics = new NotifyMetrics(board, () -> 1, rows::size, 0)) {
        board.start();
        String scraped = PrometheusFiles.scrape("http://127.0.0.1:" + metrics.port() + "/metrics");
        assertThat(PrometheusFiles.missing("sluice_notify_", scraped)).isEmpty();
        tracker.verdict(Words.verdict(Phase.TRIPPED, 20, 10)).forEach(board::tell);
        await().atMost(SOON).until(() -> people.taken().size() == 1);
        // several refreshes and a second verdict later it is still one
        tracker.verdict(Words.verdict(Phase.TRIPPED, 30, 10)).forEach(board::tell);
        await().during(QUIET).atMost(SOON).until(() -> people.taken().size() == 1);

        tracker.verdict(Words.verdict(Phase.CLEAR, 40, 0)).forEach(board::tell);
        await().atMost(SOON).until(() -> people.taken().size() == 2);
        await().during(QUIET).atMost(SOON).until(() -> people.taken().size() == 2);
        assertThat(people.taken())
            .extracting(one -> one.path("status").asText())
            .containsExactly("firing", "resolved");
      }
      assertThat(rows)
          .extracting(Notification::status)
          .containsExactly(NotificationStatus.RECEIVED, NotificationStatus.SENT);
      assertThat(rows.get(0).reason()).isEqualTo("Alertmanager shows it, for receivers: people");
      JsonNode alert = people.taken().get(0).path("alerts").get(0);
      assertThat(alert.path("labels").path("engine").asText()).isEqualTo("mm-1");
      assertThat(alert.path("labels").path("criterion").asText()).isEqualTo("cache-hit");
      assertThat(alert.path("labels").path("severity").asText()).isEqualTo("critical");
      assertThat(alert.path("labels").path("action").asText()).isEqualTo("pause");
      assertThat(alert.path("annotations").path("measured").asText()).isEqualTo("0.1 ratio");
      assertThat(alert.path("annotations").path("limit").asText()).isEqualTo("0.5 ratio");
      assertThat(alert.path("annotations").path("evidence").asText())
          .isEqualTo("verdict v-TRIPPED-20");
      assertThat(alert.path("startsAt").asText()).startsWith("2026-01-05T00:00:10");

      assertThat(
              PrometheusFiles.missing(
                  "alertmanager_", PrometheusFiles.scrape(alertmanager.url() + "/metrics")))
          .isEmpty();

      List<Notification> probed = Probe.send(config, Clock.systemUTC(), SOON.toMillis(), row -> {});
      assertThat(probed)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.status()).isEqualTo(NotificationStatus.FAILED);
                assertThat(row.reason()).contains("routes it to nobody", "tells nobody");
              });
    }
  }

  @Test
  void theShippedConfigurationIsOneAndRoutesAsItSays() throws Exception {
    String amtool = AlertmanagerProcess.need("amtool");
    String shipped = Home.find().resolve("config").resolve("alertmanager.yml").toString();
    assertThat(run(amtool, "check-config", shipped)).contains("SUCCESS");
    assertThat(route(amtool, shipped, "alertname=SluiceWatchdog")).endsWith("dead-mans-switch");
    assertThat(route(amtool, shipped, "alertname=SluiceEpisode", "severity=critical"))
        .endsWith("pagerduty,jira,email,slack");
    assertThat(route(amtool, shipped, "alertname=SluiceEpisode", "severity=warning"))
        .endsWith("jira,slack");
    assertThat(
            route(
                amtool,
                shipped,
                "alertname=SluiceEpisode",
                "severity=critical",
                "enforcement=shadow"))
        .endsWith("slack")
        .doesNotContain("pagerduty");
    assertThat(Files.readString(Path.of(shipped)))
        .doesNotContain("api_url:", "auth_password:", "routing_key:");
  }

  private static String route(String amtool, String file, String... labels) throws Exception {
    List<String> line =
        new java.util.ArrayList<>(
            List.of(amtool, "config", "routes", "test", "--config.file=" + file));
    line.addAll(List.of(labels));
    return run(line.toArray(String[]::new)).strip();
  }

  private static String run(String... line) throws Exception {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private NotifyConfig config(String url) throws Exception {
    return new NotifyYaml(
            Files.writeString(
                directory.resolve("notify.yaml"),
                "every: {refresh: 300ms}\n"
                    + "retry: {timeout: 5s, first_delay: 20ms, max_delay: 100ms}\n"
                    + "channels: [{name: am, type: alertmanager, url: '"
                    + url
                    + "'}]\n"))
        .read();
  }

  /** As the shipped one groups; probes go to a receiver that is none. */
  private static String routedTo(String url) {
    return """
        route:
          receiver: people
          group_by: [alertname, engine, criterion, scope, episode]
          group_wait: 0s
          group_interval: 1s
          repeat_interval: 96h
          routes:
            - matchers: [alertname="SluiceProbe"]
              receiver: nobody
        receivers:
          - name: nobody
          - name: people
            webhook_configs:
              - url: %s
                send_resolved: true
        """
        .formatted(url);
  }
}
