// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.rules.spec.CriteriaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;

/** Makes channels of their configuration. */
final class Channels {
  private Channels() {}

  /** The channel of one entry. */
  static Channel of(NotifyConfig.ChannelSpec spec, NotifyConfig config, Clock clock) {
    HttpPost http = new HttpPost(config.retry().timeout());
    return switch (spec.type()) {
      case WEBHOOK -> new WebhookChannel(spec.name(), spec.url(), key(spec), http);
      case ALERTMANAGER ->
          new AlertmanagerChannel(
              spec.name(), spec.url(), http, Duration.ofMillis(config.refreshMs()), clock);
    };
  }

  private static byte[] key(NotifyConfig.ChannelSpec spec) {
    if (spec.hmacKeyFile() == null) {
      return new byte[0];
    }
    try {
      return Files.readString(spec.hmacKeyFile()).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CriteriaException("cannot read `hmac_key_file` of channel `" + spec.name() + "`");
    }
  }
}
