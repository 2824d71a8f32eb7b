// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.control.ControlDesk;
import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.text.Durations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice control override}: going on in spite of one criterion, for a while. */
@Command(
    name = "override",
    description = {
      "Lets an engine go on in spite of one criterion until a time. Refused for hard caps and beyond",
      "gate.override_max (24h). A halt that stands already stands until resume. When the override",
      "ends, a breach that still stands acts at once."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice control override --engine mm-1 --criterion deadline-miss --for 2h --who ana --why \"slow until noon\"",
      "  sluice control override --engine mm-1 --criterion deadline-miss --until 2026-01-05T12:00:00Z \\",
      "      --who ana --why \"slow until noon\""
    })
final class OverrideCommand extends PersonCommand {
  @Option(
      names = "--criterion",
      required = true,
      paramLabel = "ID",
      description = "the criterion, as sluice criteria list names it")
  private String criterion;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Expiry expiry;

  /** When it ends: one of the two. */
  static final class Expiry {
    @Option(
        names = "--for",
        paramLabel = "DURATION",
        description = "for so long from now, in the engine's event time: 30m, 2h")
    private String duration;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "until this event time: 2026-01-05T12:00:00Z")
    private String time;
  }

  @Override
  CommandAction action() {
    return CommandAction.OVERRIDE;
  }

  @Override
  dev.sluice.schemas.Command command(ControlDesk desk) {
    return CommandSender.override(engine(), criterion, expiresAtUs(desk), who(), why());
  }

  private long expiresAtUs(ControlDesk desk) {
    if (expiry.time != null) {
      try {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(expiry.time));
      } catch (DateTimeParseException e) {
        throw CliException.usage(
            "--until is no time", expiry.time, "write it as 2026-01-05T12:00:00Z");
      }
    }
    long forUs = forMs() * 1_000;
    return desk.eventTimeUs(engine())
            .orElseThrow(
                () ->
                    CliException.failed(
                        "no heartbeat, so no time to count from",
                        engine(),
                        "is that the engine's id? or say --until TIME"))
        + forUs;
  }

  private long forMs() {
    long durationMs;
    try {
      durationMs = Durations.parseMs(expiry.duration);
    } catch (IllegalArgumentException e) {
      throw CliException.usage("--for is no duration", expiry.duration, "write it as 30m or 2h");
    }
    if (durationMs < 1) {
      throw CliException.usage("--for must be above 0", expiry.duration, "write it as 30m or 2h");
    }
    return durationMs;
  }
}
