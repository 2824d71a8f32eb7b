// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.io.KafkaSources;
import dev.sluice.rules.bucket.ClockSettings;
import dev.sluice.schemas.Source;
import java.io.Serializable;
import java.util.List;

/**
 * Limits of the bucket topology; all in the unit their names end with.
 *
 * @param widthMs width of a bucket
 * @param roster engines to expect; empty admits any engine
 * @param rosterSource provenance of an engine on the roster that never spoke: under LIVE and PAPER
 *     its buckets close by the wall clock
 * @param flushMs longest time a part of a bucket waits in the operator beside the source, where
 *     anybody may be waiting for it; otherwise half of {@code quietMs}
 * @param maxRecordBytes larger values are dead letters
 * @param maxEngines engines told apart when the roster is empty
 * @param maxSymbols symbols told apart per engine
 * @param maxOpenStarts buckets open at once per engine; events beyond are counted as late
 * @param maxEmptyBuckets longest run of empty buckets closed at once; older ones are skipped
 * @param maxWaitingFills fills per engine that wait for markouts; the oldest are given up
 * @param allowedSkewMs LIVE and PAPER: how far an event may be ahead of its Kafka append time
 * @param maxStepMs SIMULATED and REPLAY: how far an event may be ahead of its stream, else a
 *     suspect
 * @param punctuationGraceMs see {@link ClockSettings}, as the next five
 * @param quietMs time without a record, while all that is stored is read, that makes a stream quiet
 * @param settleMs time for which evidence of absence must stand
 * @param warmUpMs time after a start in which absence is no evidence: the input is still being read
 * @param maxPunctuations punctuations kept waiting per engine
 */
public record BucketSettings(
    long widthMs,
    List<String> roster,
    Source rosterSource,
    long flushMs,
    int maxRecordBytes,
    int maxEngines,
    int maxSymbols,
    int maxOpenStarts,
    int maxEmptyBuckets,
    int maxWaitingFills,
    long allowedSkewMs,
    long maxStepMs,
    long punctuationGraceMs,
    long outOfOrderMs,
    long idleGraceMs,
    long idleLagMs,
    long idleIngestGapMs,
    long quietMs,
    long settleMs,
    long warmUpMs,
    int maxPunctuations)
    implements Serializable {

  /** Period of the clock's fast timer. */
  static final long FIRING_MS = 50;

  /** Period of the wall clock's timer. */
  static final long WALL_CLOCK_MS = 1_000;

  /** Checks the limits. */
  public BucketSettings {
    roster = List.copyOf(roster);
    if (widthMs <= 0 || flushMs <= 0 || maxRecordBytes <= 0 || maxEngines <= 0 || maxSymbols <= 0) {
      throw new IllegalArgumentException("widths, periods and limits must be positive");
    }
  }

  /** What is used unless configured. */
  public static BucketSettings defaults() {
    return new BucketSettings(
        10_000,
        List.of(),
        Source.SIMULATED,
        50,
        1 << 20,
        1_000,
        256,
        100_000,
        8_640,
        10_000,
        2_000,
        900_000,
        10_000,
        5_000,
        20_000,
        10_000,
        500,
        500,
        100,
        3_000,
        20_000);
  }

  /** The same with this roster. */
  public BucketSettings withRoster(List<String> engines, Source source) {
    return new BucketSettings(
        widthMs,
        engines,
        source,
        flushMs,
        maxRecordBytes,
        maxEngines,
        maxSymbols,
        maxOpenStarts,
        maxEmptyBuckets,
        maxWaitingFills,
        allowedSkewMs,
        maxStepMs,
        punctuationGraceMs,
        outOfOrderMs,
        idleGraceMs,
        idleLagMs,
        idleIngestGapMs,
        quietMs,
        settleMs,
        warmUpMs,
        maxPunctuations);
  }

  /** The same with this time after a start in which absence is no evidence. */
  public BucketSettings withWarmUpMs(long ms) {
    return new BucketSettings(
        widthMs,
        roster,
        rosterSource,
        flushMs,
        maxRecordBytes,
        maxEngines,
        maxSymbols,
        maxOpenStarts,
        maxEmptyBuckets,
        maxWaitingFills,
        allowedSkewMs,
        maxStepMs,
        punctuationGraceMs,
        outOfOrderMs,
        idleGraceMs,
        idleLagMs,
        idleIngestGapMs,
        quietMs,
        settleMs,
        ms,
        maxPunctuations);
  }

  long widthUs() {
    return widthMs * 1_000;
  }

  /** Start of the bucket an event belongs to. */
  long startOf(long eventTimeUs) {
    return Math.floorDiv(eventTimeUs, widthUs()) * widthUs();
  }

  /** After how many periods of {@link #flushMs()} parts go before the source's next word. */
  int holdFirings() {
    return (int) Math.max(1, quietMs / 2 / flushMs);
  }

  ClockSettings clock() {
    return new ClockSettings(
        widthUs(),
        punctuationGraceMs * 1_000,
        outOfOrderMs * 1_000,
        idleGraceMs * 1_000,
        idleLagMs * 1_000,
        idleIngestGapMs * 1_000,
        firings(quietMs),
        firings(settleMs),
        maxPunctuations);
  }

  /** A firing counts when the readers have read through once more since the last one. */
  private static int firings(long ms) {
    return (int) ((ms + KafkaSources.READ_THROUGH_MS - 1) / KafkaSources.READ_THROUGH_MS);
  }
}
