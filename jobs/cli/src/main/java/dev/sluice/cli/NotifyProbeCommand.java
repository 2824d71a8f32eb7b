// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.notify.NotificationLog;
import dev.sluice.cli.notify.NotifyConfig;
import dev.sluice.cli.notify.Probe;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.NotificationStatus;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice notify probe}: a test message by every channel, and what came of it. */
@Command(
    name = "probe",
    description = {
      "Sends a test message by every channel that hears probes, waits for the receipts, and",
      "writes them to sluice.notifications.v1, where the release gate `alerting` looks.",
      "A webhook's receipt is its 2xx; Alertmanager's is that it shows the alert and routes it",
      "to a receiver that tells somebody. That a telephone rings, only its owner can say."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice notify probe --bootstrap kafka-1:9092",
      "  sluice notify probe --output json"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every channel has given a receipt",
      "1:a channel has not",
      "2:wrong use or configuration",
      "3:Kafka cannot be reached"
    })
final class NotifyProbeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "whom to tell (default: config/notify.yaml)")
  private Path config;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long to wait for receipts (default: ${DEFAULT-VALUE})")
  private int timeoutSeconds;

  @Override
  public Integer call() throws IOException {
    NotifyConfig read = NotifyCommand.read(config);
    List<String> asked =
        read.channels().stream()
            .filter(one -> one.kinds().contains(NotificationKind.PROBE))
            .map(NotifyConfig.ChannelSpec::name)
            .toList();
    if (asked.isEmpty()) {
      throw CliException.usage(
          "no channel hears probes", "notify.yaml", "add `probe` to the `kinds` of a channel");
    }
    List<Notification> rows;
    try (NotificationLog log = new NotificationLog(bootstrap.access())) {
      log.read(); // whoever cannot keep the receipt shall not wake anybody
      rows = Probe.send(read, Clock.systemUTC(), timeoutSeconds * 1000L, log::append);
      log.flush();
    } catch (IllegalStateException | KafkaException e) {
      throw bootstrap.unreachable(e);
    }
    boolean pass = true;
    TextTable table = new TextTable("channel", "status", "ms", "what that means");
    Map<String, Object> json = new LinkedHashMap<>();
    for (String channel : asked) {
      Notification row =
          rows.stream().filter(one -> one.channel().equals(channel)).findFirst().orElse(null);
      boolean received = row != null && row.status() == NotificationStatus.RECEIVED;
      pass &= received;
      String status = row == null ? "NO ANSWER" : row.status().toString();
      String reason = row == null ? "nothing within " + timeoutSeconds + " s" : row.reason();
      String took = received ? "" + (row.receivedAtUs() - row.startUs()) / 1000 : "-";
      table.row(channel, status, took, reason);
      json.put(channel, Map.of("status", status, "reason", reason));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        output.json()
            ? Json.mapper().writeValueAsString(Map.of("channels", json, "pass", pass)) + "\n"
            : table.render());
    out.flush();
    return pass ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
