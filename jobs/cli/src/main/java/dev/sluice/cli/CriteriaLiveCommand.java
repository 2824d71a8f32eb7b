// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.criteria.live.LiveDesk;
import dev.sluice.cli.criteria.live.LiveStanding;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice criteria live}: which text judges where. */
@Command(
    name = "live",
    description = {
      "Every criterion that was changed while the jobs run: which text is in force, which is",
      "staged, by whom and why, and how many subtasks of the judge have confirmed it."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  sluice criteria live --bootstrap kafka-1:9092 --output json",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every change is confirmed by every subtask",
      "1:one is not",
      "3:Kafka does not answer"
    })
final class CriteriaLiveCommand implements Callable<Integer> {
  private static final int SHORT = 8;

  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration of the jobs, for their criteria (default: config/sluice.yaml)")
  private Path config;

  @Override
  public Integer call() throws JsonProcessingException {
    SluiceConfig settings =
        SluiceConfig.load(config == null ? Home.config("sluice.yaml") : config, List.of());
    List<LiveStanding> standings;
    try {
      standings =
          new LiveDesk(bootstrap.access(), settings.allCriteria(), settings.gate().hardCaps())
              .standings();
    } catch (IllegalStateException | KafkaException e) {
      throw bootstrap.unreachable(e);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(standings));
    } else {
      out.print(text(standings));
    }
    out.flush();
    return standings.stream().allMatch(LiveStanding::everywhere) ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static String text(List<LiveStanding> standings) {
    TextTable table =
        new TextTable(
            "criterion", "file", "in force", "staged", "version", "confirmed", "who", "why");
    for (LiveStanding one : standings) {
      table.row(
          one.criterionId(),
          hash(one.fileHash()),
          hash(one.inForceHash())
              + (one.inForceVersion() == 0 ? "" : " (version " + one.inForceVersion() + ")"),
          hash(one.stagedHash()),
          one.version() + " " + (one.mode() == null ? "refused" : one.mode()),
          one.parallelism() == 0 ? "nobody answered" : one.confirmed() + " of " + one.parallelism(),
          one.who() == null ? "-" : one.who(),
          one.why() == null ? "-" : one.why());
      one.subtasks().stream()
          .filter(ack -> ack.version() > one.version() || one.mode() == null)
          .findFirst()
          .ifPresent(ack -> table.note("version " + ack.version() + " refused: " + ack.reason()));
    }
    return standings.isEmpty()
        ? "every criterion is as the files say\n"
        : table.render() + "every other criterion is as the files say\n";
  }

  private static String hash(String hash) {
    return hash == null ? "-" : hash.substring(0, SHORT);
  }
}
