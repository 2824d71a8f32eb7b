// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.bucket;

import java.io.Serializable;

/**
 * Limits of an engine's clock; all in the unit their names end with.
 *
 * @param widthUs width of a bucket
 * @param punctuationGraceUs a punctuation whose records do not come is believed only once another
 *     one, newer by this much event time, has come
 * @param outOfOrderUs bound for engines that do not declare what they sent
 * @param idleGraceUs lead of the venue's (or the wall) clock over an engine's that means silence
 * @param idleLagUs a silent engine's clock follows the venue's at this distance
 * @param idleIngestGapUs silence also needs a venue record appended this much after the engine's
 *     last
 * @param quietFirings timer firings without a record that make a stream quiet
 * @param settleFirings timer firings for which evidence of absence must stand
 * @param maxPending punctuations kept waiting; a newer one then replaces the newest
 */
public record ClockSettings(
    long widthUs,
    long punctuationGraceUs,
    long outOfOrderUs,
    long idleGraceUs,
    long idleLagUs,
    long idleIngestGapUs,
    int quietFirings,
    int settleFirings,
    int maxPending)
    implements Serializable {}
