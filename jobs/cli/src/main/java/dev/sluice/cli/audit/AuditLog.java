// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.audit;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.kafka.RecordTail;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.AuditKind;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The audit log of a fleet: the entries of each engine, by its id. From a topic as they were said,
 * from a dataset by their number.
 *
 * @param unreadable records of the topic that are no entries
 * @param unaccounted decisions of the same dataset that the log says nothing of, {@code engine
 *     decision}; none are looked for on a topic
 */
public record AuditLog(
    Map<String, List<AuditEntry>> byEngine, long unreadable, List<String> unaccounted) {
  private static final String DATASET = "audit_log";

  /** The log of the topic, all of it. */
  public static AuditLog of(KafkaAccess kafka) {
    Map<String, List<AuditEntry>> byEngine = new TreeMap<>();
    long[] unreadable = new long[1];
    try (RecordTail tail =
        new RecordTail(kafka, List.of(Topics.AUDIT_LOG), RecordTail.From.BEGINNING)) {
      tail.drain(
          record -> {
            try {
              add(byEngine, Json.read(record.value(), AuditEntry.class));
            } catch (MalformedException e) {
              unreadable[0]++;
            }
          });
    }
    return new AuditLog(byEngine, unreadable[0], List.of());
  }

  /** The log in the datasets of a run; empty where there is none. */
  public static AuditLog of(Datasets datasets) {
    Map<String, List<AuditEntry>> byEngine = new TreeMap<>();
    if (!datasets.has(DATASET)) {
      return new AuditLog(byEngine, 0, List.of());
    }
    datasets
        .query(
            """
            SELECT schema, engine_id, n, epoch_us(at_us), source, kind, who, why, what, command_id,
                   decision_id, criterion_id, epoch, epoch_us(expires_at_us), previous_hash, hash
            FROM audit_log ORDER BY engine_id, n, hash""")
        .values()
        .forEach(row -> add(byEngine, entry(row)));
    return new AuditLog(byEngine, 0, unaccounted(datasets));
  }

  private static List<String> unaccounted(Datasets datasets) {
    if (!datasets.has("decisions")) {
      return List.of();
    }
    return datasets
        .query(
            """
            SELECT DISTINCT d.engine_id || ' ' || d.decision_id FROM decisions d
            WHERE NOT EXISTS (SELECT 1 FROM audit_log a
                              WHERE a.engine_id = d.engine_id AND a.decision_id = d.decision_id)
            ORDER BY 1""")
        .values()
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  private static AuditEntry entry(List<Object> row) {
    return new AuditEntry(
        (String) row.get(0),
        (String) row.get(1),
        ((Number) row.get(2)).longValue(),
        ((Number) row.get(3)).longValue(),
        Source.valueOf((String) row.get(4)),
        AuditKind.valueOf((String) row.get(5)),
        (String) row.get(6),
        (String) row.get(7),
        (String) row.get(8),
        (String) row.get(9),
        (String) row.get(10),
        (String) row.get(11),
        number(row.get(12)),
        number(row.get(13)),
        (String) row.get(14),
        (String) row.get(15));
  }

  private static Long number(Object value) {
    return value == null ? null : ((Number) value).longValue();
  }

  private static void add(Map<String, List<AuditEntry>> byEngine, AuditEntry entry) {
    byEngine.computeIfAbsent(entry.engineId(), id -> new ArrayList<>()).add(entry);
  }
}
