// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.parity;

import dev.sluice.rules.metric.Measurement;
import dev.sluice.rules.metric.Metric;
import dev.sluice.rules.parity.ParityWindow.Figure;
import dev.sluice.rules.spec.Limit;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.ParityCause;
import dev.sluice.schemas.ParityDrift;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.VerdictOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is said of one window: the record, and what the criteria are judged on. */
final class Comparison {
  private final ParityWindow window;
  private final int minPairs;
  private final List<ParityDrift> drifts;
  private final Map<Metric, Figure> figures = new EnumMap<>(Metric.class);

  private Comparison(ParityWindow window, ParitySettings settings) {
    this.window = window;
    this.minPairs = settings.minPairs();
    this.drifts = Attribution.drifts(window, settings.limits());
    figures.put(Metric.FILL_RATIO_DELTA, window.fillRatioDelta());
    figures.put(Metric.SLIPPAGE_DELTA_BPS, window.slippageDeltaBps());
    figures.put(Metric.REJECT_RATIO_DELTA, window.rejectRatioDelta());
    figures.put(Metric.REALISED_PNL_DELTA, new Figure(window.profitDelta(), window.pairs().size()));
  }

  static Comparison of(ParityWindow window, ParitySettings settings) {
    return new Comparison(window, settings);
  }

  private boolean enough() {
    return !window.shadowSilent() && window.leftOut() == 0 && window.pairs().size() >= minPairs;
  }

  /**
   * |live − shadow| of a metric of parity; without a value where there is too little to compare.
   */
  Measurement measured(Metric metric) {
    Figure figure = figures.get(metric);
    if (figure == null) {
      return Measurement.NONE;
    }
    double value = enough() ? Math.abs(figure.value()) : Double.NaN;
    return new Measurement(value, figure.samples());
  }

  Parity record(ParityPair pair, Source source, long widthMs) {
    ParityDrift first = Attribution.first(drifts);
    ParityCause cause = first == null ? null : first.cause();
    return new Parity(
        Parity.SCHEMA,
        pair.liveId(),
        pair.shadowId(),
        window.startUs(),
        widthMs,
        source,
        enough() ? VerdictOutcome.PASS : VerdictOutcome.NO_DATA,
        window.pairs().size(),
        window.unmatchedLive(),
        window.unmatchedShadow(),
        delta(Metric.FILL_RATIO_DELTA),
        delta(Metric.SLIPPAGE_DELTA_BPS),
        delta(Metric.REJECT_RATIO_DELTA),
        delta(Metric.REALISED_PNL_DELTA),
        drifts,
        cause,
        reason(first));
  }

  private Double delta(Metric metric) {
    double value = figures.get(metric).value();
    return enough() && Double.isFinite(value) ? value : null;
  }

  private String reason(ParityDrift first) {
    String compared =
        window.shadowSilent()
            ? "the shadow's time stands still: " + window.pairs().size() + " pairs so far"
            : window.pairs().size() + " pairs" + tooFew();
    String unmatched =
        "; unmatched " + window.unmatchedLive() + " live, " + window.unmatchedShadow() + " shadow";
    String leftOut =
        window.leftOut() == 0
            ? ""
            : "; not compared: " + window.leftOut() + " records left out, there were too many";
    return compared + unmatched + leftOut + "; " + explained(first);
  }

  private String tooFew() {
    return window.pairs().size() >= minPairs ? "" : ", " + minPairs + " needed";
  }

  private static String explained(ParityDrift first) {
    if (first == null) {
      return "no cause exceeds its limit";
    }
    String figures = number(first.measured()) + ", limit " + number(first.limit());
    return switch (first.cause()) {
      case RESTART -> "starts and lost records in the window: " + figures;
      case MARKET_DATA -> "they did not see the same market: mids apart by " + figures + " bps";
      case LATENCY -> "acknowledgements take longer or shorter: " + figures + " ms";
      case FEES -> "fees differ: " + figures + " bps";
      case FILL_MODEL -> "the same orders were filled differently: share " + figures;
    };
  }

  private static String number(double value) {
    return Limit.number(Math.round(value * 1e4) / 1e4);
  }
}
