// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.flags.EngineFlags;
import dev.sluice.cli.flags.FlagDifference;
import dev.sluice.cli.flags.FlagsRestore;
import dev.sluice.cli.flags.FlagsSnapshot;
import dev.sluice.cli.flags.Heartbeats;
import dev.sluice.cli.flags.RestoredEngine;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice flags}: the feature flags of a fleet written down, compared, put back. */
@Command(
    name = "flags",
    description = {
      "Feature flags of every engine, as its newest heartbeat says them: written to a file, compared,",
      "and put back through the gate."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      FlagsCommand.Snapshot.class,
      FlagsCommand.Diff.class,
      FlagsCommand.Restore.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice flags snapshot --out flags.json",
      "  sluice flags diff flags.json",
      "  sluice flags restore flags.json --who ana --why \"back to Monday's settings\""
    })
final class FlagsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What reads heartbeats. */
  abstract static class Reading implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Option(
        names = "--max-age",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description =
            "older heartbeats say nothing of now; by the broker's clock (default: ${DEFAULT-VALUE})")
    private int maxAgeSeconds;

    final BootstrapOption bootstrap() {
      return bootstrap;
    }

    /** What every engine says now; what is not known is an error, never left out. */
    final Heartbeats heard() {
      Duration maxAge = Duration.ofSeconds(maxAgeSeconds);
      Heartbeats heard;
      try {
        heard = Heartbeats.within(bootstrap.access(), maxAge);
      } catch (IllegalStateException | KafkaException e) {
        throw bootstrap.unreachable(e);
      }
      List<String> gaps = heard.gaps(maxAge);
      if (!gaps.isEmpty()) {
        throw CliException.usage(
            "NO_DATA: " + String.join("; ", gaps),
            bootstrap.servers(),
            "start what is not there, or allow older heartbeats with --max-age");
      }
      return heard;
    }

    static FlagsSnapshot file(Path file) {
      try {
        return FlagsSnapshot.parse(Files.readAllBytes(file));
      } catch (IOException e) {
        throw CliException.usage(
            "cannot read the snapshot", file.toString(), "'sluice flags snapshot' writes one");
      } catch (IllegalArgumentException e) {
        throw CliException.usage(
            e.getMessage(), file.toString(), "'sluice flags snapshot' writes a new one");
      }
    }

    final void print(Object document, String text) throws JsonProcessingException {
      PrintWriter out = spec.commandLine().getOut();
      out.println(output.json() ? Json.mapper().writeValueAsString(document) : text);
      out.flush();
    }

    final void tell(String line) {
      spec.commandLine().getErr().println(line);
    }
  }

  /** Writing down. */
  @Command(
      name = "snapshot",
      description = {
        "Writes the flags of every engine, with its build, configuration hash and time, and a hash of",
        "its own. An engine without a fresh heartbeat is NO_DATA, exit 2, and nothing is written."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice flags snapshot --out flags.json")
  static final class Snapshot extends Reading {
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the file")
    private Path out;

    @Override
    public Integer call() throws IOException {
      FlagsSnapshot snapshot =
          FlagsSnapshot.of(
              ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), heard().flags());
      Files.writeString(
          out, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(snapshot) + "\n");
      print(
          snapshot,
          out + ": flags of " + snapshot.engines().size() + " engines, " + snapshot.sha256());
      return ExitCodes.OK;
    }
  }

  /** Comparing. */
  @Command(
      name = "diff",
      description = {
        "Compares a snapshot with what the engines say now, or with another snapshot: exit 0 when",
        "every flag of every engine is the same, else 2. Other builds and configurations are told,",
        "and are no difference."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice flags diff flags.json",
        "  sluice flags diff monday.json tuesday.json --output json"
      })
  static final class Diff extends Reading {
    @Parameters(index = "0", paramLabel = "FILE", description = "the snapshot")
    private Path first;

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "FILE2",
        description = "another one (default: what the engines say now)")
    private Path second;

    @Override
    public Integer call() throws JsonProcessingException {
      List<EngineFlags> before = file(first).engines();
      List<EngineFlags> after = second == null ? heard().flags() : file(second).engines();
      List<FlagDifference> differences = FlagDifference.between(before, after);
      List<String> notes = notes(before, after);
      List<String> lines = new ArrayList<>();
      differences.forEach(difference -> lines.add(difference.text()));
      lines.addAll(notes);
      lines.add(
          differences.isEmpty()
              ? "the flags of " + before.size() + " engines are the same"
              : differences.size() + " differences");
      print(
          Map.of("same", differences.isEmpty(), "differences", differences, "notes", notes),
          String.join("\n", lines));
      return differences.isEmpty() ? ExitCodes.OK : ExitCodes.NOT_COMPLETE;
    }

    private static List<String> notes(List<EngineFlags> before, List<EngineFlags> after) {
      List<String> notes = new ArrayList<>();
      for (EngineFlags old : before) {
        for (EngineFlags now : after) {
          boolean same = old.engineId().equals(now.engineId());
          if (same && !old.buildId().equals(now.buildId())) {
            notes.add(old.engineId() + ": build " + old.buildId() + " -> " + now.buildId());
          }
          if (same && !old.configHash().equals(now.configHash())) {
            notes.add(
                old.engineId() + ": configuration " + old.configHash() + " -> " + now.configHash());
          }
        }
      }
      return notes;
    }
  }

  /** Putting back. */
  @Command(
      name = "restore",
      description = {
        "Puts the flags of a snapshot back: tells the gate, which tells each engine, and waits until",
        "the heartbeats show them. Refused while a trial runs. Exit 1 names each flag that is not as",
        "it should be."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice flags restore flags.json --who ana --why \"back to Monday's settings\"",
        "  sluice flags restore flags.json --engine mm-1 --timeout 120 --who ana --why \"a test\""
      })
  static final class Restore extends Reading {
    @Parameters(paramLabel = "FILE", description = "the snapshot")
    private Path file;

    @Option(names = "--engine", paramLabel = "ID", description = "this engine alone")
    private String engine;

    @Option(names = "--who", required = true, description = "your name, for the audit log")
    private String who;

    @Option(names = "--why", required = true, description = "the reason, for the audit log")
    private String why;

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "how long to wait for the heartbeats (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Override
    public Integer call() throws JsonProcessingException {
      if (who.isBlank() || why.isBlank()) {
        throw CliException.usage(
            "--who and --why must say something",
            "sluice flags restore",
            "they go to the audit log");
      }
      List<EngineFlags> wanted =
          file(file).engines().stream()
              .filter(each -> engine == null || each.engineId().equals(engine))
              .toList();
      Heartbeats heard = heard();
      List<String> missing =
          wanted.stream()
              .map(EngineFlags::engineId)
              .filter(id -> !heard.newest().containsKey(id))
              .toList();
      if (wanted.isEmpty() || !missing.isEmpty()) {
        throw CliException.failed(
            wanted.isEmpty() ? "the snapshot has no such engine" : "no heartbeat of " + missing,
            file.toString(),
            "nothing was sent; --engine restores one engine alone");
      }
      List<RestoredEngine> done;
      try {
        done =
            new FlagsRestore(this::tell)
                .run(
                    bootstrap().access(),
                    wanted,
                    heard.newest(),
                    who,
                    why,
                    Duration.ofSeconds(timeoutSeconds));
      } catch (IllegalStateException | KafkaException e) {
        throw bootstrap().unreachable(e);
      }
      print(done, String.join("\n", done.stream().map(RestoredEngine::text).toList()));
      return done.stream().allMatch(RestoredEngine::ok) ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }
}
