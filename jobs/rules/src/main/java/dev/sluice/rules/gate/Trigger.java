// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Person;
import java.util.List;

/**
 * Why the desired state is looked at again.
 *
 * @param identity text that names the occasion; with engine and mode it becomes the decision id
 * @param episodeStartUs event time at which the deciding episode began, 0 for none
 * @param causes evidence to publish when nothing that stands explains the new mode
 * @param always true when a record is due even though the mode stays
 */
record Trigger(
    String identity,
    long episodeStartUs,
    List<Cause> causes,
    @Nullable Person person,
    long eventTimeUs,
    long decidedIngestUs,
    boolean always) {

  static Trigger raisedBy(Track track, String identity, long eventTimeUs) {
    return new Trigger(
        identity,
        track.episodeStartUs(),
        List.of(track.cause()),
        null,
        eventTimeUs,
        track.decidedIngestUs(),
        false);
  }
}
