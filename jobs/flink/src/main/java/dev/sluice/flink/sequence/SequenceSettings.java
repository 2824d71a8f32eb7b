// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.sequence;

import dev.sluice.rules.sequence.SequenceLimits;
import dev.sluice.schemas.Topics;
import java.io.Serializable;
import java.util.List;

/**
 * Limits of the sequencing; names shared with the buckets' settings mean the same.
 *
 * @param roster engines to expect; empty admits any engine
 * @param maxRecordBytes larger values are dead letters
 * @param maxEngines engines told apart when the roster is empty
 * @param allowedSkewMs LIVE and PAPER: how far an engine's message may be ahead of its append time
 * @param maxStepMs SIMULATED and REPLAY: how far a message may be ahead of its stream, else a
 *     suspect; LIVE and PAPER: the same for the venue and its append time
 * @param graceMs event time by which a hole must have been passed before it is given up
 * @param outOfOrderMs bound for engines and venues that do not declare what they sent
 * @param venueLagMs how far the venue's time may be behind the engine's before that one waits; less
 *     than the lead of 30 s that a simulated engine may have, or both wait for each other
 * @param venuePatienceMs wall-clock time without progress of the venue's that makes it silent;
 *     counted while everything that is stored is being read
 * @param maxWaiting messages held per engine; beyond it the oldest hole is given up
 * @param maxPunctuations words of time kept waiting per engine
 * @param reportsDeadLettersOf topics whose rejected records are published; of the others another
 *     topology of the same job does it
 */
public record SequenceSettings(
    List<String> roster,
    int maxRecordBytes,
    int maxEngines,
    long allowedSkewMs,
    long maxStepMs,
    long graceMs,
    long outOfOrderMs,
    long venueLagMs,
    long venuePatienceMs,
    int maxWaiting,
    int maxPunctuations,
    List<String> reportsDeadLettersOf)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Period of the timer, while it is needed. */
  static final long FIRING_MS = 100;

  /** Checks the limits. */
  public SequenceSettings {
    roster = List.copyOf(roster);
    reportsDeadLettersOf = List.copyOf(reportsDeadLettersOf);
    if (maxRecordBytes <= 0 || maxEngines <= 0 || maxWaiting <= 0 || maxPunctuations <= 0) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** What is used unless configured; reports what no other topology of all jobs does. */
  public static SequenceSettings defaults() {
    return new SequenceSettings(
        List.of(),
        1 << 20,
        1_000,
        2_000,
        900_000,
        10_000,
        5_000,
        20_000,
        5_000,
        50_000,
        20_000,
        List.of(Topics.DROPCOPY, Topics.LEDGER));
  }

  /** The same with this roster. */
  public SequenceSettings withRoster(List<String> engines) {
    return new SequenceSettings(
        engines,
        maxRecordBytes,
        maxEngines,
        allowedSkewMs,
        maxStepMs,
        graceMs,
        outOfOrderMs,
        venueLagMs,
        venuePatienceMs,
        maxWaiting,
        maxPunctuations,
        reportsDeadLettersOf);
  }

  /** The same, publishing the rejected records of these topics. */
  public SequenceSettings reportingDeadLettersOf(List<String> topics) {
    return new SequenceSettings(
        roster,
        maxRecordBytes,
        maxEngines,
        allowedSkewMs,
        maxStepMs,
        graceMs,
        outOfOrderMs,
        venueLagMs,
        venuePatienceMs,
        maxWaiting,
        maxPunctuations,
        topics);
  }

  SequenceLimits limits() {
    return new SequenceLimits(
        graceMs * 1_000,
        outOfOrderMs * 1_000,
        maxStepMs * 1_000,
        venueLagMs * 1_000,
        (int) ((venuePatienceMs + FIRING_MS - 1) / FIRING_MS),
        maxWaiting,
        maxPunctuations);
  }
}
