// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.rules.bucket.BucketAccumulator;
import dev.sluice.rules.bucket.Markouts;
import dev.sluice.rules.bucket.MidReturns;
import dev.sluice.rules.bucket.MidSeries;
import dev.sluice.rules.bucket.PendingFill;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Merges parts and makes the closed buckets of one start. Holds working memory, no state. */
final class BucketCloser {
  /** An empty bucket: whether silence closed it or the next record in time is chance. */
  private static final long COMPLETED_BY_NO_RECORD = 0;

  private static final Comparator<Bucket> BY_KEY =
      Comparator.comparing(Bucket::symbol, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Bucket::arm, Comparator.nullsFirst(Comparator.naturalOrder()));

  private record Due(Arm arm, String symbol, int horizon, double bps, long weightE6) {}

  private final BucketSettings settings;
  private final BucketAccumulator scratch = new BucketAccumulator();
  private final BucketAccumulator whole = new BucketAccumulator();

  BucketCloser(BucketSettings settings) {
    this.settings = settings;
  }

  /** The parts with one more; parts of one key become one. */
  Bucket[] withPart(Bucket[] parts, Bucket part) {
    for (int i = 0; i < parts.length; i++) {
      if (BY_KEY.compare(parts[i], part) == 0) {
        Bucket[] merged = parts.clone();
        merged[i] = merge(parts[i], part);
        return merged;
      }
    }
    Bucket[] more = Arrays.copyOf(parts, parts.length + 1);
    more[parts.length] = part;
    return more;
  }

  /** The series with one more; series of one symbol become one. */
  static MidSeries[] withMids(MidSeries[] all, MidSeries series) {
    for (int i = 0; i < all.length; i++) {
      if (all[i].symbol().equals(series.symbol())) {
        MidSeries[] merged = all.clone();
        merged[i] = all[i].merge(series);
        return merged;
      }
    }
    MidSeries[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = series;
    return more;
  }

  /** The findings of what came too late, gathered for the next bucket. */
  Bucket addLate(String engineId, Bucket carried, Bucket tooLate) {
    scratch.clear();
    if (carried != null) {
      scratch.merge(carried);
    }
    scratch.mergeLate(tooLate);
    return scratch.toBucket(engineId, null, null, 0, settings.widthMs());
  }

  /** The events of a part that came too late, without its findings: those are carried on. */
  Bucket amendment(Bucket tooLate, long amendedAtUs) {
    scratch.clear();
    scratch.mergeEvents(tooLate);
    return scratch.toAmendment(
        tooLate.engineId(),
        tooLate.arm(),
        tooLate.symbol(),
        tooLate.startUs(),
        settings.widthMs(),
        amendedAtUs);
  }

  /** A part that says that one record was quarantined. */
  Bucket quarantined(String engineId, long blameUs) {
    scratch.clear();
    scratch.addQuarantined();
    long startUs = blameUs == 0 ? 0 : settings.startOf(blameUs);
    return scratch.toBucket(engineId, null, null, startUs, settings.widthMs());
  }

  /** Publishes the buckets of one start, the whole engine's last. */
  void close(String engineId, EngineState state, long startUs, OpenStart open, MergeOutput output) {
    Source emptySource = state.clock.source == null ? settings.rosterSource() : state.clock.source;
    Bucket[] parts = withMarkouts(engineId, state, startUs, open, output);
    whole.clear();
    if (state.carried != null) {
      whole.merge(state.carried);
      state.carried = null;
    }
    Arrays.sort(parts, BY_KEY);
    for (Bucket part : parts) {
      whole.merge(part);
    }
    state.lastEventEverUs = Math.max(state.lastEventEverUs, whole.lastEventUs());
    for (Bucket part : parts) {
      if (!part.wholeEngine()) {
        output.bucket(closed(engineId, part, open.mids(), emptySource, state));
      }
    }
    if (whole.hasHealth()) {
      state.gauges = whole.gauges();
    } else {
      whole.carryGauges(state.gauges);
    }
    output.bucket(
        whole.toBucket(
            engineId,
            null,
            null,
            startUs,
            settings.widthMs(),
            emptySource,
            state.lastEventEverUs,
            whole.hasEvents() ? state.clock.decidedIngestUs : COMPLETED_BY_NO_RECORD));
  }

  private Bucket closed(
      String engineId, Bucket part, MidSeries[] mids, Source emptySource, EngineState state) {
    scratch.clear();
    scratch.merge(part);
    if (part.ticks() > 0) {
      for (MidSeries series : mids) {
        if (series.symbol().equals(part.symbol())) {
          scratch.addReturns(MidReturns.of(series));
        }
      }
    }
    return scratch.toBucket(
        engineId,
        part.arm(),
        part.symbol(),
        part.startUs(),
        settings.widthMs(),
        emptySource,
        state.lastEventEverUs,
        state.clock.decidedIngestUs);
  }

  private Bucket[] withMarkouts(
      String engineId, EngineState state, long startUs, OpenStart open, MergeOutput output) {
    if (state.waitingFills.length == 0 && open.fills().length == 0) {
      return open.parts().clone();
    }
    List<PendingFill> waiting = new ArrayList<>(Arrays.asList(state.waitingFills));
    PendingFill[] fresh = open.fills().clone();
    Arrays.sort(fresh, Comparator.comparingLong(PendingFill::atUs));
    waiting.addAll(Arrays.asList(fresh));
    Map<String, List<Due>> due = new TreeMap<>();
    List<PendingFill> still =
        Markouts.settle(
            waiting,
            Arrays.asList(open.mids()),
            startUs + settings.widthUs(),
            (fill, horizon, bps) ->
                due.computeIfAbsent(fill.symbol() + '|' + fill.arm(), key -> new ArrayList<>())
                    .add(new Due(fill.arm(), fill.symbol(), horizon, bps, fill.weightE6())));
    int tooMany = Math.max(0, still.size() - settings.maxWaitingFills());
    if (tooMany > 0) {
      output.count(InputFault.FILLS_GIVEN_UP, tooMany);
    }
    state.waitingFills = still.subList(tooMany, still.size()).toArray(new PendingFill[0]);
    Bucket[] parts = open.parts().clone();
    for (List<Due> group : due.values()) {
      parts = withPart(parts, markoutPart(engineId, startUs, group));
    }
    return parts;
  }

  private Bucket markoutPart(String engineId, long startUs, List<Due> group) {
    scratch.clear();
    for (Due each : group) {
      scratch.addMarkout(each.horizon(), each.bps(), each.weightE6());
    }
    Due any = group.get(0);
    return scratch.toBucket(engineId, any.arm(), any.symbol(), startUs, settings.widthMs());
  }

  private Bucket merge(Bucket one, Bucket other) {
    scratch.clear();
    scratch.merge(one);
    scratch.merge(other);
    return scratch.toBucket(one.engineId(), one.arm(), one.symbol(), one.startUs(), one.widthMs());
  }
}
