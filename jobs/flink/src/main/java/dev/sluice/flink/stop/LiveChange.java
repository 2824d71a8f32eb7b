// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.flink.DeadLetters;
import dev.sluice.flink.RawRecord;
import dev.sluice.rules.judge.EngineJudge;
import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.rules.live.Reception;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;

/**
 * One record of the criteria topic, read and taken.
 *
 * @param record null where the bytes cannot be read
 * @param reception null likewise
 * @param judge judges by what holds now; null where nothing changes
 * @param deadLetter null unless it was refused
 */
record LiveChange(
    LiveCriterion record, Reception reception, EngineJudge judge, DeadLetter deadLetter) {

  /** Takes a record; whatever is wrong with it, the criteria before stay. */
  static LiveChange of(RawRecord raw, LiveCriteria criteria, StopSettings settings) {
    LiveCriterion record;
    try {
      record = Json.read(raw.value(), LiveCriterion.class);
    } catch (MalformedException e) {
      return new LiveChange(null, null, null, DeadLetters.malformed(raw, e));
    }
    Reception reception = criteria.take(record);
    return switch (reception.kind()) {
      case APPLIED -> applied(raw, record, criteria, reception, settings);
      case REPEATED, SUPERSEDED -> new LiveChange(record, reception, null, null);
      case REJECTED ->
          new LiveChange(record, reception, null, DeadLetters.refused(raw, reception.reason()));
    };
  }

  /** Takes a record of an earlier life; refused when no judge can be made of it any more. */
  static LiveChange restored(LiveCriterion record, LiveCriteria before, StopSettings settings) {
    Reception reception = before.take(record);
    try {
      settings.judge(reception.criteria());
    } catch (IllegalArgumentException e) {
      reception = new Reception(Reception.Kind.REJECTED, before, e.getMessage());
    }
    return new LiveChange(record, reception, null, null);
  }

  private static LiveChange applied(
      RawRecord raw,
      LiveCriterion record,
      LiveCriteria before,
      Reception reception,
      StopSettings settings) {
    try {
      return new LiveChange(record, reception, settings.judge(reception.criteria()), null);
    } catch (IllegalArgumentException e) {
      Reception refused = new Reception(Reception.Kind.REJECTED, before, e.getMessage());
      return new LiveChange(record, refused, null, DeadLetters.refused(raw, e.getMessage()));
    }
  }
}
