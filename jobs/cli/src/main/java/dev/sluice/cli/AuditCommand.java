// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.audit.AuditLog;
import dev.sluice.cli.audit.AuditVerdict;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Durations;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice audit}: who asked for what, what was decided, and the proof that it is whole. */
@Command(
    name = "audit",
    description = {
      "The audit log: every command with its name and reason, every decision, every override's end,",
      "each with the hash of the one before."
    },
    mixinStandardHelpOptions = true,
    subcommands = {AuditCommand.Verify.class, AuditCommand.Show.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice audit verify --datasets out/demo-1/datasets",
      "  sluice audit show --engine mm-1 --since 2h"
    })
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What reads the log. */
  abstract static class Reading implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Option(
        names = "--datasets",
        paramLabel = "DIR",
        description = "from the datasets of a run (default: from Kafka)")
    private Path datasets;

    final AuditLog read() {
      try (Datasets stored = datasets == null ? null : new Datasets(datasets)) {
        return stored == null ? AuditLog.of(bootstrap.access()) : AuditLog.of(stored);
      } catch (IllegalStateException | KafkaException e) {
        if (datasets == null) {
          throw bootstrap.unreachable(e);
        }
        throw CliException.usage(e.getMessage(), datasets.toString(), "give the datasets of a run");
      } catch (IllegalArgumentException e) {
        throw CliException.usage(
            "NO_DATA: the audit log cannot be read: " + e.getMessage(),
            String.valueOf(datasets),
            "its columns are those of docs/reference/records.md");
      }
    }

    final void print(Object document, String text) throws JsonProcessingException {
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        out.println(Json.mapper().writeValueAsString(document));
      } else {
        out.print(text);
      }
      out.flush();
    }
  }

  /** The proof. */
  @Command(
      name = "verify",
      description = {
        "Proves that no entry was altered, dropped or moved, engine by engine: exit 0, else 2 with",
        "the first broken number. No entry at all is NO_DATA, exit 2. From datasets also that the",
        "log tells of every decision. What it cannot see: entries cut off after the newest, and a",
        "log made anew from some entry to its end; keep the newest hash elsewhere for that."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice audit verify --bootstrap kafka-1:9092",
        "  sluice audit verify --datasets out/demo-1/datasets --engine mm-1 --output json"
      })
  static final class Verify extends Reading {
    @Option(names = "--engine", paramLabel = "ID", description = "this engine alone")
    private String engine;

    @Option(
        names = "--strict",
        description = "entries that a restart of the gate has superseded are a fault too")
    private boolean strict;

    @Override
    public Integer call() throws JsonProcessingException {
      AuditVerdict verdict = AuditVerdict.of(read(), engine, strict);
      print(verdict, verdict.text());
      return switch (verdict.outcome()) {
        case PASS -> ExitCodes.OK;
        case BROKEN, NO_DATA -> ExitCodes.NOT_COMPLETE;
      };
    }
  }

  /** The listing. */
  @Command(
      name = "show",
      description = "Lists an engine's entries, the newest last.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice audit show --engine mm-1 --since 2h",
        "  sluice audit show --engine mm-1 --since 2026-01-05T08:00:00Z --output json"
      })
  static final class Show extends Reading {
    @Option(
        names = "--engine",
        required = true,
        paramLabel = "ID",
        description = "id of the engine")
    private String engine;

    @Option(
        names = "--since",
        paramLabel = "TIME|DURATION",
        description =
            "event time, 2026-01-05T08:00:00Z; or so long before the newest entry, 2h"
                + " (default: all)")
    private String since;

    @Override
    public Integer call() throws JsonProcessingException {
      List<AuditEntry> all =
          List.copyOf(new LinkedHashSet<>(read().byEngine().getOrDefault(engine, List.of())));
      if (all.isEmpty()) {
        throw CliException.usage(
            "NO_DATA: the audit log has no entry of this engine",
            engine,
            "see 'sluice audit verify' for the engines there are");
      }
      long newestUs = all.stream().mapToLong(AuditEntry::atUs).max().orElseThrow();
      long sinceUs = since == null ? Long.MIN_VALUE : sinceUs(newestUs);
      List<AuditEntry> shown = all.stream().filter(entry -> entry.atUs() >= sinceUs).toList();
      TextTable table = new TextTable("n", "at", "kind", "who", "what", "why");
      for (AuditEntry entry : shown) {
        table.row(
            Long.toString(entry.n()),
            time(entry.atUs()),
            entry.kind().toString(),
            entry.who(),
            entry.what(),
            entry.why());
      }
      print(shown, table.render());
      return ExitCodes.OK;
    }

    private long sinceUs(long newestUs) {
      try {
        return Character.isDigit(since.charAt(since.length() - 1)) || since.endsWith("Z")
            ? ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(since))
            : newestUs - Durations.parseMs(since) * 1_000;
      } catch (DateTimeException | IllegalArgumentException | StringIndexOutOfBoundsException e) {
        throw CliException.usage(
            "--since is neither a time nor a duration", since, "write 2026-01-05T08:00:00Z or 2h");
      }
    }

    private static String time(long us) {
      return Instant.EPOCH.plus(us, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
    }
  }
}
