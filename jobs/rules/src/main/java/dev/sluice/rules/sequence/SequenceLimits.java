// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import java.io.Serializable;

/**
 * Limits of the sequencing of one engine; all in the unit their names end with.
 *
 * @param graceUs a hole is given up when time has passed its upper neighbour by this
 * @param outOfOrderUs bound for speakers that do not declare what they sent, and how long a stream
 *     joined in its middle may still show smaller numbers
 * @param stepUs SIMULATED and REPLAY: a message further ahead of its stream and of time is a
 *     suspect
 * @param venueLagUs how far the venue's time may be behind the engine's before it needs patience
 * @param patienceFirings timer firings without progress of the venue's time that make it silent
 * @param maxWaiting messages held; beyond it the oldest hole is given up
 * @param maxWords words of time kept waiting
 */
public record SequenceLimits(
    long graceUs,
    long outOfOrderUs,
    long stepUs,
    long venueLagUs,
    int patienceFirings,
    int maxWaiting,
    int maxWords)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
