// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

import dev.sluice.schemas.Arm;
import java.util.List;

/**
 * The difference between the arms of one block.
 *
 * <p>Each slot has one value, and each arm the plain mean of those of its slots: the difference of
 * a block has mean 0 when the treatment does nothing, because any of its slots was as likely to be
 * treated. A ratio of sums over the slots of each arm would not: nine slots of A would lean towards
 * their busy ones and the single one of B could not, and where busy slots earn less B would look
 * better at 10 %.
 */
final class Contrast {
  private Contrast() {}

  /** The value of each slot, NaN where it has none; a relative metric as its logarithm. */
  static double[] values(TrialMetric metric, List<SlotSums> slots) {
    double[] values = new double[slots.size()];
    for (int i = 0; i < values.length; i++) {
      double value = metric.value(slots.get(i));
      values[i] = metric.scale() == TrialMetric.Scale.RELATIVE ? logarithm(value) : value;
    }
    return values;
  }

  /** Mean of the treated slots − mean of the others, NaN unless both have one. */
  static double difference(double[] values, List<SlotSums> slots, Arm treated) {
    double sumTreated = 0;
    double sumOther = 0;
    int countTreated = 0;
    int countOther = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      if (slots.get(i).arm == treated) {
        sumTreated += values[i];
        countTreated++;
      } else {
        sumOther += values[i];
        countOther++;
      }
    }
    return countTreated == 0 || countOther == 0
        ? Double.NaN
        : sumTreated / countTreated - sumOther / countOther;
  }

  /** A difference as people read it: of a relative metric B / A − 1. */
  static double shown(TrialMetric metric, double difference) {
    return metric.scale() == TrialMetric.Scale.RELATIVE ? Math.expm1(difference) : difference;
  }

  private static double logarithm(double value) {
    return value > 0 ? Math.log(value) : Double.NaN;
  }
}
