// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria.live;

import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.LiveCriterion;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the topics say of changed criteria: the records folded as the judge does, and its acks. */
final class LiveView {
  private final Map<String, Long> newestVersions = new TreeMap<>();
  private final Map<String, CriterionAck> acks = new TreeMap<>();
  private LiveCriteria criteria;

  /**
   * @param files what the files say
   */
  LiveView(LiveCriteria files) {
    criteria = files;
  }

  void heard(LiveCriterion record) {
    newestVersions.merge(record.criterionId(), record.version(), Math::max);
    criteria = criteria.take(record).criteria();
  }

  /** The newest word of each subtask counts. */
  void heard(CriterionAck ack) {
    acks.put(ack.key(), ack);
  }

  LiveCriteria criteria() {
    return criteria;
  }

  /** The version for the next change of a criterion; refused records have used theirs up. */
  long nextVersion(String criterionId) {
    return newestVersions.getOrDefault(criterionId, 0L) + 1;
  }

  Collection<String> ids() {
    return newestVersions.keySet();
  }

  /** The newest words on a criterion of the subtasks there are, by subtask. */
  List<CriterionAck> acks(String criterionId) {
    int parallelism = parallelism(criterionId);
    return of(criterionId)
        .filter(ack -> ack.subtask() < parallelism)
        .sorted(Comparator.comparingInt(CriterionAck::subtask))
        .toList();
  }

  /** How many subtasks there are: the newest word says so, those of before a rescaling do not. */
  int parallelism(String criterionId) {
    return of(criterionId)
        .max(Comparator.comparingLong(CriterionAck::confirmedAtUs))
        .map(CriterionAck::parallelism)
        .orElse(0);
  }

  private Stream<CriterionAck> of(String criterionId) {
    return acks.values().stream().filter(ack -> ack.criterionId().equals(criterionId));
  }
}
