// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.criteria.live;

import dev.sluice.rules.live.LiveCriteria;
import dev.sluice.schemas.CriterionAck;
import dev.sluice.schemas.LiveCriterion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the topics say of changed criteria: the records folded as the judge does, and its acks. */
final class LiveView {
  private final Map<String, Long> newestVersions = new TreeMap<>();
  private final Map<String, CriterionAck> acks = new LinkedHashMap<>();
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
    acks.remove(ack.key());
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
    Map<Integer, CriterionAck> bySubtask = new TreeMap<>();
    int parallelism = 0;
    for (CriterionAck ack : acks.values()) {
      if (ack.criterionId().equals(criterionId)) {
        bySubtask.put(ack.subtask(), ack);
        parallelism = ack.parallelism(); // of the newest
      }
    }
    int now = parallelism;
    return bySubtask.values().stream().filter(ack -> ack.subtask() < now).toList();
  }
}
