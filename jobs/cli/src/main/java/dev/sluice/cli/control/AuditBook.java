// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.control;

import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.OverrideInForce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which overrides are in force and what people asked for last, out of the audit log in order. */
final class AuditBook {
  private static final int MAX_COMMANDS = 5;

  private final Map<String, Map<String, OverrideInForce>> overrides = new TreeMap<>();
  private final Map<String, Map<String, PersonsCommand>> commands = new TreeMap<>();

  void heard(AuditEntry entry) {
    if (entry.n() == 1) {
      overrides.remove(entry.engineId()); // a gate that began anew remembers none
    }
    switch (entry.kind()) {
      case COMMAND_ACCEPTED -> accepted(entry);
      case COMMAND_REFUSED -> remember(entry, false);
      case OVERRIDE_EXPIRED -> of(overrides, entry).remove(entry.commandId());
      case DECISION, REISSUED, EFFECTIVE, OVERDUE, FLAGS_REFUSED -> {} // told by control and acks
    }
  }

  /** The first that ends first. */
  List<OverrideInForce> overrides(String engineId) {
    return overrides.getOrDefault(engineId, Map.of()).values().stream()
        .sorted(java.util.Comparator.comparingLong(OverrideInForce::expiresAtUs))
        .toList();
  }

  /** The newest few, the newest last. */
  List<PersonsCommand> commands(String engineId) {
    List<PersonsCommand> all = new ArrayList<>(commands.getOrDefault(engineId, Map.of()).values());
    return List.copyOf(all.subList(Math.max(0, all.size() - MAX_COMMANDS), all.size()));
  }

  private void accepted(AuditEntry entry) {
    remember(entry, true);
    if (entry.expiresAtUs() != null && entry.criterionId() != null) {
      of(overrides, entry)
          .put(
              entry.commandId(),
              new OverrideInForce(
                  entry.commandId(),
                  entry.criterionId(),
                  "",
                  entry.expiresAtUs(),
                  entry.who(),
                  entry.why()));
    }
  }

  private void remember(AuditEntry entry, boolean accepted) {
    of(commands, entry)
        .put(
            String.valueOf(entry.commandId()),
            new PersonsCommand(
                String.valueOf(entry.commandId()),
                entry.atUs(),
                entry.who(),
                entry.why(),
                entry.what(),
                accepted));
  }

  private static <T> Map<String, T> of(Map<String, Map<String, T>> books, AuditEntry entry) {
    return books.computeIfAbsent(entry.engineId(), id -> new LinkedHashMap<>());
  }
}
