// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.judge.CriterionMemory;
import java.util.List;

/** All that is remembered of one engine. Objects handed out are put back when changed. */
public interface IntegrityMemory extends CriterionMemory {
  /** Never null. */
  IntegrityState state();

  void putState(IntegrityState state);

  /** The order of that id, or null. */
  WatchedOrder order(String clientOrderId);

  void putOrder(WatchedOrder order);

  void removeOrder(String clientOrderId);

  /** Every order watched, in no order. */
  List<WatchedOrder> orders();

  /** What was remembered under an id, or null. */
  String remembered(String id);

  /** Remembers a value under an id; of too many the oldest are forgotten. */
  void remember(String id, String value, int most);
}
