// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.ExpectedColumns;
import dev.sluice.cli.dataset.Rows;
import dev.sluice.cli.verify.ManifestCheck;
import dev.sluice.cli.verify.Span;
import dev.sluice.cli.verify.Verification;
import dev.sluice.cli.verify.Verifier;
import dev.sluice.rules.completeness.CheckResult;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.CompletenessSettings;
import dev.sluice.rules.completeness.Coverage;
import dev.sluice.rules.completeness.LinkCount;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Readings of what {@code sluice verify} counts. One thread; counts once per span. */
final class StoreChecks {
  /** Columns of every reading that no query gives. */
  static final List<String> COLUMNS = List.of("value", "n", "as_of", "sources", "note", "growing");

  private final Datasets datasets;
  private final SpanViews views;
  private final Consumer<String> progress;
  private Span counted;
  private Verification found;

  StoreChecks(Datasets datasets, SpanViews views, Consumer<String> progress) {
    this.datasets = datasets;
    this.views = views;
    this.progress = progress;
  }

  /**
   * One reading as a row of {@link #COLUMNS}; what is not there gives no row's value.
   *
   * @param untilUs end of the span; counted up to the newest tick before it
   */
  Rows read(Stage.Check check, long sinceUs, long untilUs) {
    Long newest = newestTickUs();
    if (newest == null) {
      return row(null, 0, null, null, "no tick lies in the span", null);
    }
    verify(new Span(instant(sinceUs), instant(Math.min(untilUs, newest + 1)), null));
    return switch (check) {
      case COVERED_HOURS -> covered(newest);
      case COUNT_DELTA -> delta(newest);
      case MISSING_CORRELATION -> links(newest);
      case SECRETS_CONFIGURATION, SECRETS_LOGS, SECRETS_EVIDENCE ->
          throw new IllegalArgumentException(check + " is no matter of what is stored");
    };
  }

  static Rows row(
      Double value, long samples, Long asOfUs, List<?> sources, String note, Double growing) {
    return new Rows(
        COLUMNS,
        List.of(
            Arrays.asList(
                value,
                samples,
                asOfUs == null ? null : ExpectedColumns.instant(asOfUs),
                sources,
                note,
                growing)));
  }

  private Rows covered(long newestUs) {
    List<CompletenessCheck> checks = named("covered");
    boolean known = checks.stream().noneMatch(check -> check.result() == CheckResult.NO_DATA);
    Double least =
        known
            ? checks.stream().map(CompletenessCheck::measured).min(Double::compare).orElse(null)
            : null;
    long minutes = found.counts().coverage().stream().mapToLong(Coverage::covered).min().orElse(0);
    return row(least, minutes, newestUs, sources(), reasons(checks), least);
  }

  private Rows delta(long newestUs) {
    List<CompletenessCheck> checks = named("count_delta");
    boolean known = checks.stream().noneMatch(check -> check.result() == CheckResult.NO_DATA);
    Double most =
        known
            ? checks.stream().map(CompletenessCheck::measured).max(Double::compare).orElse(null)
            : null;
    return row(most, checks.size(), newestUs, sources(), reasons(checks), null);
  }

  private Rows links(long newestUs) {
    List<CompletenessCheck> checks = named("links");
    double broken = checks.stream().mapToDouble(CompletenessCheck::measured).sum();
    long checked = found.counts().links().stream().mapToLong(LinkCount::checked).sum();
    return row(
        checks.isEmpty() ? null : broken, checked, newestUs, sources(), reasons(checks), null);
  }

  private List<CompletenessCheck> named(String name) {
    return found.checks().stream().filter(check -> check.name().equals(name)).toList();
  }

  private static String reasons(List<CompletenessCheck> checks) {
    return checks.stream()
        .filter(check -> !check.ok())
        .map(CompletenessCheck::reason)
        .collect(Collectors.joining("; "));
  }

  private void verify(Span span) {
    if (!span.equals(counted)) {
      views.use(false);
      found =
          new Verifier(datasets, span, progress)
              .verify("", CompletenessSettings.defaults(), ManifestCheck.Result.NONE);
      counted = span;
    }
  }

  private List<?> sources() {
    return (List<?>)
        datasets.query("SELECT list(DISTINCT source) FROM span.ticks").values().get(0).get(0);
  }

  private Long newestTickUs() {
    if (!datasets.has("ticks")) {
      return null;
    }
    Object newest =
        datasets
            .query("SELECT epoch_us(max(event_time_us)) FROM span.ticks")
            .values()
            .get(0)
            .get(0);
    return newest == null ? null : ((Number) newest).longValue();
  }

  private static Instant instant(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS);
  }
}
