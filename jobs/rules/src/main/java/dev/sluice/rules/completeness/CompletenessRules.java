// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.completeness;

import dev.sluice.schemas.text.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns counts into checks. */
public final class CompletenessRules {
  private static final int LISTED = 5;
  private static final long MINUTE_S = 60;

  private final CompletenessSettings limits;

  public CompletenessRules(CompletenessSettings limits) {
    this.limits = limits;
  }

  /** Every check of what was counted, streams first. */
  public List<CompletenessCheck> judge(DatasetCounts counts) {
    if (counts.streams().isEmpty()) {
      return List.of(
          new CompletenessCheck(
              "streams",
              "all",
              CheckResult.NO_DATA,
              null,
              null,
              "no record of any engine is here, so nothing is proven; look for another directory,"
                  + " engine or span"));
    }
    List<CompletenessCheck> checks = new ArrayList<>();
    counts.streams().forEach(s -> checks.add(countDelta(s, counts.offsetsOf(s.dataset()))));
    counts.offsets().forEach(o -> checks.add(offsets(o)));
    counts.withoutOffsets().forEach(dataset -> checks.add(withoutOffsets(dataset)));
    counts.offsets().forEach(o -> checks.add(storedTwice(o)));
    counts.coverage().forEach(c -> checks.add(covered(c)));
    counts.links().forEach(l -> checks.add(links(l)));
    return List.copyOf(checks);
  }

  /**
   * Is all stored that the speaker says it sent?
   *
   * @param offsets of the stream's topic; empty when they are not known
   */
  CompletenessCheck countDelta(StreamCounts stream, List<OffsetCounts> offsets) {
    double limit = limits.countDelta();
    long delta = stream.countDelta();
    if (stream.said() == null && delta <= limit) {
      return new CompletenessCheck(
          "count_delta",
          stream.subject(),
          CheckResult.NO_DATA,
          null,
          limit,
          String.format(
              Locale.ROOT,
              "%s: %,d stored, and nobody says how many were sent; %s must say it",
              stream.subject(),
              stream.stored(),
              stream.saidBy()));
    }
    boolean ok = delta <= limit;
    StringBuilder reason = new StringBuilder();
    reason.append(
        String.format(
            Locale.ROOT,
            "%s: %,d sent (%s), %,d stored",
            stream.subject(),
            stream.sent() - stream.afterSeq(),
            stream.saidBy(),
            stream.stored()));
    if (delta > 0) {
      reason.append(String.format(Locale.ROOT, ", %,d missing", delta));
      reason.append(where(stream, offsets));
    }
    return check("count_delta", stream.subject(), ok, delta, limit, reason.toString());
  }

  private static String where(StreamCounts stream, List<OffsetCounts> offsets) {
    StringBuilder text = new StringBuilder();
    long inside = stream.countDelta() - stream.missingAtEnd();
    if (inside > 0) {
      text.append(" (").append(listed(stream.missing())).append(")");
      text.append(inside(offsets));
    }
    if (stream.missingAtEnd() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "; %,d of them after the last stored number %d: not archived yet, or never sent;"
                  + " verify again when the archive has caught up",
              stream.missingAtEnd(),
              stream.lastSeq()));
    }
    return text.toString();
  }

  private static String inside(List<OffsetCounts> offsets) {
    long lost = offsets.stream().mapToLong(OffsetCounts::lost).sum();
    long dead = offsets.stream().mapToLong(OffsetCounts::deadLetters).sum();
    if (offsets.isEmpty()) {
      return "; where they were lost is not known, as no offsets are stored";
    } else if (lost > 0) {
      return String.format(
          Locale.ROOT,
          "; up to %,d of them were lost by the archive: that many offsets of the topic are not"
              + " here; archive the topic again while Kafka has it",
          lost);
    }
    return "; lost before the archive: the offsets of the topic have no hole"
        + (dead > 0
            ? String.format(
                Locale.ROOT, " but %,d dead letters, which may be these: see deadletters", dead)
            : "; look at the engine and its way to Kafka");
  }

  /** Is each offset between the first and the last stored, here or among the dead letters? */
  CompletenessCheck offsets(OffsetCounts offsets) {
    long lost = offsets.lost();
    String reason =
        String.format(
            Locale.ROOT,
            "%s: offsets %d-%d, %,d stored%s%s",
            offsets.subject(),
            offsets.firstOffset(),
            offsets.lastOffset(),
            offsets.stored(),
            offsets.deadLetters() > 0
                ? String.format(Locale.ROOT, ", %,d dead letters", offsets.deadLetters())
                : "",
            lost > 0
                ? String.format(
                    Locale.ROOT,
                    ", %,d lost by the archive (%s); archive the topic again while Kafka has it",
                    lost,
                    listed(offsets.missing()))
                : offsets.compacted() ? ", of a compacted topic" : ", no hole");
    return check("offsets", offsets.subject(), lost <= 0, lost, 0, reason);
  }

  private static CompletenessCheck withoutOffsets(String dataset) {
    return new CompletenessCheck(
        "offsets",
        dataset,
        CheckResult.NO_DATA,
        null,
        0.0,
        dataset
            + ": its rows say no offset, so what the archive lost is not known; archive it with"
            + " DatasetJob");
  }

  /** No record of a topic may be stored twice. */
  CompletenessCheck storedTwice(OffsetCounts offsets) {
    long twice = offsets.storedTwice();
    String reason =
        offsets.subject()
            + (twice > 0
                ? String.format(
                    Locale.ROOT,
                    ": %,d rows repeat an offset, so the archive wrote them twice; was the"
                        + " directory written by two jobs, or by one that did not resume?",
                    twice)
                : ": no offset twice");
    return check("stored_twice", offsets.subject(), twice == 0, twice, 0, reason);
  }

  /** Is enough time covered without a gap, up to the end? */
  CompletenessCheck covered(Coverage coverage) {
    double hours = coverage.current() / 60.0;
    double limit = limits.coveredMs() / 3.6e6;
    String what =
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d minutes have a tick; the longest run is %s from %s, the current one"
                + " %s",
            coverage.engineId(),
            coverage.covered(),
            coverage.minutes(),
            duration(coverage.longest()),
            time(coverage.longestFrom()),
            duration(coverage.current()));
    if (coverage.covered() == 0) {
      return new CompletenessCheck(
          "covered",
          coverage.engineId(),
          CheckResult.NO_DATA,
          null,
          limit,
          coverage.engineId()
              + ": no minute has a tick, so no time is covered; heartbeats alone cover nothing");
    }
    boolean ok = coverage.current() * MINUTE_S * 1000 >= limits.coveredMs();
    String mend =
        coverage.current() == 0
            ? "; the last tick is of " + time(coverage.lastCovered()) + ", before the end"
            : "; a gap restarts the count, so let it run on without one";
    return check(
        "covered",
        coverage.engineId(),
        ok,
        hours,
        limit,
        what + ", " + Durations.format(limits.coveredMs()) + " wanted" + (ok ? "" : mend));
  }

  /** Does each link point at a record that is here? */
  CompletenessCheck links(LinkCount link) {
    boolean ok = link.broken() <= limits.missingCorrelation();
    String found =
        link.checked() == 0
            ? "there is none to check"
            : link.broken() == 0
                ? String.format(Locale.ROOT, "all %,d do", link.checked())
                : String.format(
                    Locale.ROOT,
                    "%,d of %,d do not (%s%s)%s",
                    link.broken(),
                    link.checked(),
                    String.join(", ", link.examples()),
                    link.broken() > link.examples().size() ? ", …" : "",
                    ok
                        ? ""
                        : "; the record pointed at was lost, or belongs to a time before these"
                            + " datasets");
    return check(
        "links",
        link.name(),
        ok,
        link.broken(),
        limits.missingCorrelation(),
        link.rule() + ": " + found);
  }

  private static CompletenessCheck check(
      String name, String subject, boolean ok, double measured, double limit, String reason) {
    return new CompletenessCheck(
        name, subject, ok ? CheckResult.PASS : CheckResult.FAIL, measured, limit, reason);
  }

  private static String listed(List<NumberRange> ranges) {
    return ranges.stream()
            .limit(LISTED)
            .map(CompletenessRules::text)
            .collect(Collectors.joining(", "))
        + (ranges.size() > LISTED ? ", …" : "");
  }

  private static String text(NumberRange range) {
    String between =
        range.beforeUs() == null || range.afterUs() == null
            ? ""
            : " between " + instant(range.beforeUs()) + " and " + instant(range.afterUs());
    return range.text() + between;
  }

  private static String duration(long minutes) {
    return Durations.format(minutes * MINUTE_S * 1000);
  }

  private static String time(long minute) {
    return Instant.ofEpochSecond(minute * MINUTE_S).toString();
  }

  private static String instant(long us) {
    return Instant.ofEpochSecond(
            Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1000)
        .toString();
  }
}
