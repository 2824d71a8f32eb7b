// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.util.List;

/** Names of the topics, and how each is kept. The key of every record is the engine's id, UTF-8. */
public final class Topics {
  public static final String TICKS = "sluice.ticks.v1";
  public static final String ORDERS = "sluice.orders.v1";
  public static final String FILLS = "sluice.fills.v1";
  public static final String HEALTH = "sluice.health.v1";
  public static final String LEDGER = "sluice.ledger.v1";
  public static final String DROPCOPY = "sluice.dropcopy.v1";
  public static final String BUCKETS = "sluice.buckets.v1";
  public static final String VERDICTS = "sluice.verdicts.v1";
  public static final String CONTROL = "sluice.control.v1";
  public static final String LEASES = "sluice.leases.v1";
  public static final String ACKS = "sluice.acks.v1";
  public static final String COMMANDS = "sluice.commands.v1";
  public static final String CRITERIA = "sluice.criteria.v1";
  public static final String CRITERIA_ACKS = "sluice.criteria-acks.v1";
  public static final String FINDINGS = "sluice.findings.v1";
  public static final String DRIFT = "sluice.drift.v1";
  public static final String AUDIT = "sluice.audit.v1";
  public static final String AUDIT_LOG = "sluice.audit-log.v1";
  public static final String TRIALS = "sluice.trials.v1";
  public static final String PARITY = "sluice.parity.v1";
  public static final String AMENDMENTS = "sluice.amendments.v1";
  public static final String CALIBRATION = "sluice.calibration.v1";
  public static final String NOTIFICATIONS = "sluice.notifications.v1";
  public static final String DEADLETTERS = "sluice.deadletters.v1";

  /**
   * One topic.
   *
   * @param compacted true when only the newest record per key matters
   * @param content what it carries, one line
   */
  public record Spec(String name, boolean compacted, String key, String content) {}

  /** Every topic, in the order of the data's flow. */
  public static final List<Spec> ALL =
      List.of(
          new Spec(TICKS, false, "engine_id", "one pass of the engine's pipeline"),
          new Spec(ORDERS, false, "engine_id", "order lifecycle events"),
          new Spec(FILLS, false, "engine_id", "executions as the engine booked them"),
          new Spec(HEALTH, false, "engine_id", "heartbeat and counters, every 1 s to 10 s"),
          new Spec(LEDGER, false, "engine_id", "balances, positions and open orders of both books"),
          new Spec(
              DROPCOPY,
              false,
              "engine_id",
              "executions and order states as the venue reports them"),
          new Spec(BUCKETS, false, "engine_id", "bucket summaries"),
          new Spec(
              VERDICTS,
              false,
              "engine_id",
              "every change of outcome or phase, and a periodic refresh"),
          new Spec(CONTROL, true, "engine_id", "desired state per engine"),
          new Spec(LEASES, true, "engine_id", "permission to run, renewed each second"),
          new Spec(ACKS, false, "engine_id", "what the engine did about it"),
          new Spec(COMMANDS, false, "engine_id", "operator commands and overrides"),
          new Spec(
              CRITERIA,
              true,
              "criterion_id",
              "criteria changed while the jobs run: staged, in force, taken back"),
          new Spec(
              CRITERIA_ACKS,
              true,
              "criterion_id and subtask",
              "what each subtask of the judge made of such a change"),
          new Spec(
              FINDINGS,
              false,
              "engine_id",
              "differences between the books and broken order rules, at each change of status"),
          new Spec(DRIFT, false, "engine_id", "how far the two books are apart, once per bucket"),
          new Spec(
              AUDIT,
              false,
              "criterion_id",
              "each word of a portfolio criterion with all its inputs"),
          new Spec(
              AUDIT_LOG,
              false,
              "engine_id",
              "commands, decisions and the ends of overrides, each with the hash of the one before"),
          new Spec(
              TRIALS,
              false,
              "engine_id",
              "where a trial stands: each difference, and what holds it"),
          new Spec(PARITY, false, "engine_id", "an engine against its shadow, once per window"),
          new Spec(
              AMENDMENTS,
              false,
              "engine_id",
              "events that came after their bucket was closed, as buckets of their own"),
          new Spec(
              CALIBRATION,
              false,
              "engine_id",
              "targets and features of one symbol and arm, once per interval and amendment"),
          new Spec(
              NOTIFICATIONS,
              false,
              "engine_id, or the channel's name",
              "what people were told, by which channel, and its receipt"),
          new Spec(
              DEADLETTERS,
              false,
              "origin topic",
              "rejected input: topic, partition, offset, reason, bytes"));

  private Topics() {}
}
