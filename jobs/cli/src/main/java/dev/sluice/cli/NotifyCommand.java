// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.notify.Notifier;
import dev.sluice.cli.notify.NotifyConfig;
import dev.sluice.cli.notify.NotifyYaml;
import dev.sluice.cli.notify.Reach;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice notify}: tells people of episodes, by Alertmanager and webhooks. */
@Command(
    name = "notify",
    description = {
      "Reads verdicts and decisions and tells people: one message when an episode begins, one",
      "when it is over, by the channels of config/notify.yaml (docs/how-to/get-notified.md).",
      "Runs until Ctrl-C; start exactly one per --group."
    },
    mixinStandardHelpOptions = true,
    subcommands = NotifyProbeCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice notify --check                     reads the configuration, looks for the channels",
      "  sluice notify --bootstrap kafka-1:9092    tells, until Ctrl-C",
      "  sluice notify --once --history            tells all that is on the topics, then ends",
      "  sluice notify probe                       a test message, and its receipt"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:told everything",
      "1:a channel failed three times in a row, or a message was given up",
      "2:wrong use or configuration; no channel, no address",
      "3:Kafka, or every channel, cannot be reached"
    })
final class NotifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "whom to tell (default: config/notify.yaml)")
  private Path config;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      defaultValue = "sluice-notify",
      description = "consumer group that keeps the position (default: ${DEFAULT-VALUE})")
  private String group;

  @Option(
      names = "--once",
      description = "tells what is on the topics now, tries each message three times, and ends")
  private boolean once;

  @Option(
      names = "--history",
      description = "at a first start also tells of episodes that are over")
  private boolean history;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "figures for Prometheus at http://127.0.0.1:PORT/metrics (default: none)")
  private Integer metricsPort;

  @Option(names = "--check", description = "reads the configuration and looks for the channels")
  private boolean check;

  @Override
  public Integer call() throws IOException {
    NotifyConfig read = read(config);
    List<Reach> found = Reach.of(read, Clock.systemUTC());
    boolean some = found.stream().anyMatch(Reach::reached);
    boolean all = found.stream().allMatch(Reach::reached);
    if (check) {
      print(found);
      return all ? ExitCodes.OK : ExitCodes.FAILED;
    }
    if (!some) {
      throw CliException.environment(
          "no channel can be reached: " + found.get(0).problem(),
          "notify.yaml",
          "nobody would be told anything; see 'sluice notify --check'",
          null);
    }
    PrintWriter err = spec.commandLine().getErr();
    found.stream().filter(one -> !one.reached()).forEach(one -> warn(err, one));
    return told(read, err);
  }

  private int told(NotifyConfig read, PrintWriter err) throws IOException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread running = Thread.currentThread();
    Thread hook = new Thread(() -> stop(stop, running), "notify-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try (Notifier notifier =
        new Notifier(
            read,
            bootstrap.access(),
            new Notifier.Options(
                group,
                once,
                history,
                metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort)),
            Clock.systemUTC(),
            words -> err.println("sluice: " + words))) {
      err.println("telling of " + bootstrap.servers() + (once ? "" : "; stop with Ctrl-C"));
      err.flush();
      Notifier.End end = notifier.run(stop::get);
      say(notifier, end);
      return end == Notifier.End.DONE ? ExitCodes.OK : ExitCodes.FAILED;
    } catch (IllegalStateException | KafkaException e) {
      throw bootstrap.unreachable(e);
    } finally {
      if (!stop.get()) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  private void say(Notifier notifier, Notifier.End end) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("rows", notifier.rows());
      said.put("standing", notifier.standing());
      said.put("pass", end == Notifier.End.DONE);
      out.println(Json.mapper().writeValueAsString(said));
    } else {
      out.println(
          notifier.rows()
              + " messages and failures written, "
              + notifier.standing()
              + " episodes stand"
              + (end == Notifier.End.DONE ? "" : "; a channel FAILS, see above"));
    }
    out.flush();
  }

  private void print(List<Reach> found) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(found));
    } else {
      found.forEach(
          one -> out.println(one.channel() + ": " + (one.reached() ? "there" : one.problem())));
    }
    out.flush();
  }

  /** The configuration, given or shipped. */
  static NotifyConfig read(Path given) {
    return new NotifyYaml(given == null ? Home.config("notify.yaml") : given).read();
  }

  private static void warn(PrintWriter err, Reach one) {
    err.println("sluice: warning: channel " + one.channel() + ": " + one.problem());
  }

  /** Lets the loop end in order. */
  private static void stop(AtomicBoolean stop, Thread running) {
    stop.set(true);
    try {
      running.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
