// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Drift;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Fill;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Notification;
import dev.sluice.schemas.Order;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.RiskAudit;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The datasets there are. Events are read from their Kafka topic byte by byte, so each is there
 * once.
 */
public final class Datasets {
  public static final Dataset<Tick> TICKS =
      new Dataset<>("ticks", Tick.class, Tick::eventTimeUs, Tick::engineId);
  public static final Dataset<Order> ORDERS =
      new Dataset<>("orders", Order.class, Order::eventTimeUs, Order::engineId);
  public static final Dataset<Fill> FILLS =
      new Dataset<>("fills", Fill.class, Fill::eventTimeUs, Fill::engineId);
  public static final Dataset<Health> HEALTH =
      new Dataset<>("health", Health.class, Health::eventTimeUs, Health::engineId);
  public static final Dataset<Ledger> LEDGER =
      new Dataset<>("ledger", Ledger.class, Ledger::eventTimeUs, Ledger::engineId);
  public static final Dataset<DropCopy> DROPCOPY =
      new Dataset<>("dropcopy", DropCopy.class, DropCopy::eventTimeUs, DropCopy::engineId);
  public static final Dataset<Ack> ACKS =
      new Dataset<>("acks", Ack.class, Ack::eventTimeUs, Ack::engineId);
  public static final Dataset<Command> COMMANDS =
      new Dataset<>("commands", Command.class, Command::issuedAtUs, Command::engineId);
  public static final Dataset<Bucket> BUCKETS =
      new Dataset<>("buckets", Bucket.class, Bucket::startUs, Bucket::engineId);
  public static final Dataset<Bucket> AMENDMENTS =
      new Dataset<>("amendments", Bucket.class, Bucket::startUs, Bucket::engineId);
  public static final Dataset<Verdict> VERDICTS =
      new Dataset<>("verdicts", Verdict.class, Verdict::eventTimeUs, Verdict::engineId);
  public static final Dataset<Control> DECISIONS =
      new Dataset<>("decisions", Control.class, Control::eventTimeUs, Control::engineId);
  public static final Dataset<Notification> NOTIFICATIONS =
      new Dataset<>(
          "notifications", Notification.class, Notification::sentAtUs, Notification::engineId);
  public static final Dataset<Finding> FINDINGS =
      new Dataset<>("findings", Finding.class, Finding::eventTimeUs, Finding::engineId);
  public static final Dataset<Drift> DRIFT =
      new Dataset<>("drift", Drift.class, Drift::eventTimeUs, Drift::engineId);
  public static final Dataset<RiskAudit> AUDIT =
      new Dataset<>("audit", RiskAudit.class, RiskAudit::eventTimeUs, audit -> null);
  public static final Dataset<AuditEntry> AUDIT_LOG =
      new Dataset<>("audit_log", AuditEntry.class, AuditEntry::atUs, AuditEntry::engineId);
  public static final Dataset<TrialStatus> TRIALS =
      new Dataset<>("trials", TrialStatus.class, TrialStatus::eventTimeUs, TrialStatus::engineId);
  public static final Dataset<Parity> PARITY =
      new Dataset<>("parity", Parity.class, Parity::startUs, Parity::engineId);
  public static final Dataset<Calibration> CALIBRATION =
      new Dataset<>("calibration", Calibration.class, Calibration::startUs, Calibration::engineId);
  public static final Dataset<DeadLetter> DEADLETTERS =
      new Dataset<>(
          "deadletters", DeadLetter.class, DeadLetter::ingestTimeUs, DeadLetter::engineId);

  /** The datasets of raw events, by the topic they come from. */
  public static final Map<String, Dataset<?>> EVENTS_BY_TOPIC = eventsByTopic();

  /** All of them. */
  public static final List<Dataset<?>> ALL =
      Stream.concat(
              EVENTS_BY_TOPIC.values().stream(),
              Stream.<Dataset<?>>of(
                  BUCKETS,
                  AMENDMENTS,
                  VERDICTS,
                  FINDINGS,
                  DRIFT,
                  AUDIT,
                  AUDIT_LOG,
                  TRIALS,
                  PARITY,
                  CALIBRATION,
                  DEADLETTERS))
          .toList();

  private Datasets() {}

  private static Map<String, Dataset<?>> eventsByTopic() {
    Map<String, Dataset<?>> datasets = new LinkedHashMap<>();
    datasets.put(Topics.TICKS, TICKS);
    datasets.put(Topics.ORDERS, ORDERS);
    datasets.put(Topics.FILLS, FILLS);
    datasets.put(Topics.HEALTH, HEALTH);
    datasets.put(Topics.LEDGER, LEDGER);
    datasets.put(Topics.DROPCOPY, DROPCOPY);
    datasets.put(Topics.ACKS, ACKS);
    datasets.put(Topics.COMMANDS, COMMANDS);
    datasets.put(Topics.CONTROL, DECISIONS);
    datasets.put(Topics.NOTIFICATIONS, NOTIFICATIONS);
    return Collections.unmodifiableMap(datasets);
  }
}
