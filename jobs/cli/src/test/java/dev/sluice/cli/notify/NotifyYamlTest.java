// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.Home;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyYamlTest {
  private static final String SECRET = "https://hooks.example.com/services/T0/B0/s3cr3t?key=k3y";

  @TempDir Path directory;

  @Test
  void theShippedFileSaysTheDefaults() {
    NotifyConfig shipped =
        new NotifyYaml(Home.find().resolve("config").resolve("notify.yaml")).read();
    assertThat(shipped.shadow()).isFalse();
    assertThat(shipped.leastSeverity()).isEqualTo(Severity.INFO);
    assertThat(shipped.refreshMs()).isEqualTo(60_000);
    assertThat(shipped.watchdogMs()).isEqualTo(60_000);
    assertThat(shipped.silenceMs()).isEqualTo(300_000);
    assertThat(shipped.retry()).isEqualTo(new NotifyConfig.Retry(5_000, 1_000, 60_000));
    assertThat(shipped.channels())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.type()).isEqualTo(NotifyConfig.Type.ALERTMANAGER);
              assertThat(one.kinds()).containsExactlyInAnyOrder(NotificationKind.values());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tell: {}                                                                 | at least one channel
          channels: []                                                             | at least one channel
          channels: [{name: a, type: webhook}]                                     | needs `url`, or `url_file`
          channels: [{name: a, type: webhook, url: ''}]                            | empty address
          channels: [{name: a, type: webhook, url: 'ftp://x'}]                     | no http
          channels: [{name: a, type: webhook, url_file: nowhere}]                  | cannot be read
          channels: [{name: a, type: webhok, url: 'http://x'}]                     | did you mean 'webhook'?
          channels: [{name: a, type: webhook, urll: 'http://x'}]                   | did you mean 'url'?
          channels: [{name: a, type: webhook, url: 'http://x', fallback: true}]    | every channel is a `fallback`
          channels: [{name: a, type: webhook, url: 'http://x', kinds: [firing]}]   | no channel hears resolved
          channels: [{name: a, type: alertmanager, url: 'http://x', hmac_key_file: k}] | is for webhooks
          {every: {watchdog: 0s}, channels: [{name: a, type: webhook, url: 'http://x'}]} | longer than nothing
          {telll: {}, channels: [{name: a, type: webhook, url: 'http://x'}]}       | did you mean 'tell'?
          """)
  void whatWouldTellNobodyIsAnError(String text, String error) throws IOException {
    Path file = Files.writeString(directory.resolve("notify.yaml"), text);
    assertThatThrownBy(() -> new NotifyYaml(file).read())
        .isInstanceOf(CriteriaException.class)
        .hasMessageContaining("notify.yaml:1")
        .hasMessageContaining(error);
  }

  @Test
  void anAddressFromAFileIsNeverPrinted() throws IOException {
    Files.writeString(directory.resolve("url"), SECRET + "\n");
    Path file =
        Files.writeString(
            directory.resolve("notify.yaml"),
            "channels: [{name: slack, type: webhook, url_file: url}]");
    NotifyConfig config = new NotifyYaml(file).read();
    assertThat(config.channels().get(0).url().uri()).hasToString(SECRET);
    assertThat(config.toString() + config.channels().get(0).describe())
        .contains("https://hooks.example.com/…")
        .doesNotContain("s3cr3t", "k3y");

    Files.writeString(directory.resolve("url"), "hxxp://s3cr3t");
    assertThatThrownBy(() -> new NotifyYaml(file).read()).message().doesNotContain("s3cr3t");
  }
}
