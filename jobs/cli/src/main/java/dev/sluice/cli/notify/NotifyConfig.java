// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * {@code config/notify.yaml}, read.
 *
 * @param shadow whether criteria in shadow are told
 * @param leastSeverity less severe episodes are not told
 * @param refreshMs how often Alertmanager hears again what stands
 * @param watchdogMs how often the heartbeat is sent
 * @param silenceMs how long no judge may say anything before that is an alert itself
 * @param retry how a channel is tried
 * @param channels at least one
 */
public record NotifyConfig(
    boolean shadow,
    Severity leastSeverity,
    long refreshMs,
    long watchdogMs,
    long silenceMs,
    Retry retry,
    List<ChannelSpec> channels) {

  /**
   * How a channel is tried.
   *
   * @param timeoutMs of one try
   * @param firstDelayMs before the second try; doubles with each
   * @param maxDelayMs longest
   */
  public record Retry(long timeoutMs, long firstDelayMs, long maxDelayMs) {
    /** How long to wait after so many failed tries. */
    long delayMs(long failures) {
      return Math.min(maxDelayMs, firstDelayMs << Math.min(20, Math.max(0, failures - 1)));
    }

    /** Time limit of one try. */
    Duration timeout() {
      return Duration.ofMillis(timeoutMs);
    }
  }

  /** What kind of channel. */
  public enum Type {
    ALERTMANAGER,
    WEBHOOK
  }

  /**
   * One channel.
   *
   * @param url its address; never printed whole
   * @param hmacKeyFile key of the signature, null for none
   * @param kinds what it is told
   * @param fallback told only while another channel fails
   */
  public record ChannelSpec(
      String name,
      Type type,
      MaskedUrl url,
      Path hmacKeyFile,
      Set<NotificationKind> kinds,
      boolean fallback) {

    /** One line for people. */
    public String describe() {
      return name
          + ": "
          + type.name().toLowerCase(java.util.Locale.ROOT)
          + " at "
          + url
          + (fallback ? ", while another channel fails" : "")
          + (hmacKeyFile == null ? "" : ", signed");
    }
  }
}
