// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.trial.TrialPlan;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.SlotAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Are the arms as the assignment has them? Counted by SQL over the raw events alone: the arm and
 * the warm-up of every tick against {@link SlotAssignment} and the stages as the engine took them
 * up; and what is left of arm B after a rollback.
 */
final class ArmCheck {
  private static final List<String> EVENTS = List.of("ticks", "orders", "fills");

  private final Datasets datasets;
  private final String engineId;
  private final TrialPlan plan;
  private final List<RolloutReckoning.Stage> stages;

  ArmCheck(
      Datasets datasets, String engineId, TrialPlan plan, List<RolloutReckoning.Stage> stages) {
    this.datasets = datasets;
    this.engineId = engineId;
    this.plan = plan;
    this.stages = stages.stream().filter(stage -> stage.inForceUs() != null).toList();
  }

  /** Ticks of one slot and symbol that say the same. */
  private record Group(
      String symbol, long slot, boolean early, String arm, boolean warmup, long said, long count) {}

  /** Every tick against its slot. */
  Check assignment() {
    List<String> wrong = new ArrayList<>();
    long ticks = 0;
    long treated = 0;
    for (Group group : groups()) {
      ticks += group.count();
      treated += "B".equals(group.arm()) ? group.count() : 0;
      if (!right(group)) {
        wrong.add(
            String.format(
                Locale.ROOT,
                "%d ticks of %s in slot %d say arm %s%s",
                group.count(),
                group.symbol(),
                group.slot(),
                group.arm(),
                group.warmup() ? ", warm-up" : ""));
      }
    }
    return new Check(
        "every tick is in the arm of its slot",
        String.format(Locale.ROOT, "%,d ticks, %,d of arm B", ticks, treated),
        wrong.isEmpty() ? null : wrong.size() + " groups are not, first " + wrong.get(0));
  }

  private List<Group> groups() {
    String sql =
        """
        SELECT symbol, epoch_us(event_time_us) // {slot} AS n,
               epoch_us(event_time_us) % {slot} < {warmup} AS early,
               arm, coalesce(warmup, false) AS warm, coalesce(slot, -1) AS said, count(*)
        FROM ticks WHERE engine_id = '{engine}' GROUP BY ALL ORDER BY n, symbol"""
            .replace("{slot}", Long.toString(plan.slotMs() * 1000))
            .replace("{warmup}", Long.toString(plan.warmupMs() * 1000))
            .replace("{engine}", engineId.replace("'", "''"));
    return datasets.query(sql).values().stream()
        .map(
            row ->
                new Group(
                    (String) row.get(0),
                    number(row.get(1)),
                    (Boolean) row.get(2),
                    (String) row.get(3),
                    (Boolean) row.get(4),
                    number(row.get(5)),
                    number(row.get(6))))
        .toList();
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  /** The slot in which a stage ended at once is half of the one, half of the other: not judged. */
  private boolean right(Group group) {
    long startUs = SlotAssignment.startUs(group.slot(), plan.slotMs());
    long endUs = startUs + plan.slotMs() * 1000;
    boolean cut = stages.stream().anyMatch(s -> s.inForceUs() > startUs && s.inForceUs() < endUs);
    if (cut) {
      return true;
    }
    double share = share(startUs);
    if (share == 0) {
      return !"B".equals(group.arm());
    }
    Arm arm = SlotAssignment.arm(plan.salt(), group.symbol(), group.slot(), share);
    return arm.name().equals(group.arm())
        && group.warmup() == group.early()
        && group.said() == group.slot();
  }

  /** Share of treated slots in force at a time. */
  private double share(long timeUs) {
    double share = 0;
    for (RolloutReckoning.Stage stage : stages) {
      if (stage.inForceUs() <= timeUs) {
        share = stage.control().rollout().treatmentShare();
      }
    }
    return share;
  }

  /** What is left of arm B after each rollback: one check for each. */
  List<Check> afterRollbacks() {
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).control().rollout().rolledBack()) {
        long untilUs = i + 1 < stages.size() ? stages.get(i + 1).inForceUs() : Long.MAX_VALUE;
        checks.add(gone(stages.get(i).control(), untilUs));
        checks.add(closed(stages.get(i).ack()));
      }
    }
    return checks;
  }

  private Check gone(Control decided, long untilUs) {
    long limitUs = decided.eventTimeUs() + plan.slotMs() * 1000;
    long left = 0;
    long lastUs = 0;
    for (String events : EVENTS) {
      String from = " FROM " + events + " WHERE arm = 'B' AND engine_id = '" + engineId + "'";
      String before = " AND epoch_us(event_time_us) < " + untilUs;
      left +=
          datasets.number(
              "SELECT count(*)" + from + before + " AND epoch_us(event_time_us) > " + limitUs);
      lastUs =
          Math.max(lastUs, datasets.number("SELECT epoch_us(max(event_time_us))" + from + before));
    }
    return new Check(
        "nothing of arm B later than one slot after the rollback",
        String.format(
            Locale.ROOT,
            "the last tick, order or fill of B is %.1f s after the decision",
            (lastUs - decided.eventTimeUs()) / 1e6),
        left == 0 ? null : left + " ticks, orders and fills are");
  }

  /** An order is open from its submission to its terminal state. */
  private Check closed(Ack ack) {
    long atUs = ack.effectiveEventTimeUs();
    long open =
        datasets.number(
            """
            WITH life AS (
              SELECT client_order_id, epoch_us(min(event_time_us)) AS from_us,
                     epoch_us(min(event_time_us) FILTER (
                       WHERE state IN ('FILLED', 'REJECTED', 'CANCELLED', 'EXPIRED'))) AS to_us
              FROM orders WHERE arm = 'B' AND engine_id = '{engine}' GROUP BY 1)
            SELECT count(*) FROM life
            WHERE from_us <= {at} AND (to_us IS NULL OR to_us > {at})"""
                .replace("{engine}", engineId.replace("'", "''"))
                .replace("{at}", Long.toString(atUs)));
    return new Check(
        "no order of arm B is open when the engine says EFFECTIVE",
        open + " open at " + Reckoning.instant(atUs),
        open == 0 ? null : open + " orders of arm B were open");
  }
}
