// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.live;

import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The criteria of the files with what people changed since: pure merging, immutable. Records are
 * taken by their version, so that reading them again, in any order of criteria, changes nothing.
 * What may be changed is said at {@link LiveChecks}.
 */
public final class LiveCriteria {
  /** Most criteria that differ from the files at a time. */
  public static final int MAX_LIVE = 64;

  private final LiveChecks checks;
  private final List<CriterionSpec> files;
  private final Map<String, Entry> entries;

  /** A record with what its texts say; null where it has none. */
  private record Entry(LiveCriterion record, CriterionSpec inForce, CriterionSpec staged) {}

  private LiveCriteria(LiveChecks checks, List<CriterionSpec> files, Map<String, Entry> entries) {
    this.checks = checks;
    this.files = files;
    this.entries = entries;
  }

  /**
   * What the files say.
   *
   * @param files criteria of all families
   * @param hardCaps ids that are never changed live
   */
  public static LiveCriteria of(List<CriterionSpec> files, Collection<String> hardCaps) {
    List<CriterionSpec> copy = List.copyOf(files);
    return new LiveCriteria(new LiveChecks(copy, hardCaps), copy, Map.of());
  }

  /** Takes a record, or says why not. */
  public Reception take(LiveCriterion next) {
    Entry known = entries.get(next.criterionId());
    if (known != null && next.version() < known.record().version()) {
      return new Reception(
          Reception.Kind.SUPERSEDED,
          this,
          "version " + known.record().version() + " of it is known already");
    }
    if (known != null && next.equals(known.record())) {
      return new Reception(Reception.Kind.REPEATED, this, said(next));
    }
    if (known != null && next.version() == known.record().version()) {
      return rejected(
          "version "
              + next.version()
              + " of it is another text already, by "
              + known.record().who()
              + "; look at what is live and say it again");
    }
    try {
      Entry entry = read(next);
      if (next.mode() != LiveMode.REVERTED && count(next.criterionId()) >= MAX_LIVE) {
        return rejected("already " + MAX_LIVE + " criteria differ from the files; move some there");
      }
      Map<String, Entry> more = new TreeMap<>(entries);
      more.put(next.criterionId(), entry);
      return new Reception(
          Reception.Kind.APPLIED, new LiveCriteria(checks, files, more), said(next));
    } catch (CriteriaException e) {
      return rejected(e.getMessage());
    }
  }

  private Entry read(LiveCriterion next) {
    checks.check(next);
    return switch (next.mode()) {
      case REVERTED -> new Entry(next, null, null);
      case ENFORCE -> new Entry(next, checks.read(next, next.text(), next.criteriaHash()), null);
      case SHADOW ->
          new Entry(
              next,
              next.inForceText() == null
                  ? null
                  : checks.read(next, next.inForceText(), next.inForceHash()),
              checks.read(next, next.text(), next.criteriaHash()).staged());
    };
  }

  private Reception rejected(String reason) {
    return new Reception(Reception.Kind.REJECTED, this, reason);
  }

  private long count(String exceptId) {
    return entries.values().stream()
        .filter(entry -> !entry.record().criterionId().equals(exceptId))
        .filter(entry -> entry.record().mode() != LiveMode.REVERTED)
        .count();
  }

  private static String said(LiveCriterion record) {
    return switch (record.mode()) {
      case SHADOW -> "judged in shadow as " + record.criterionId() + CriterionSpec.STAGED_SUFFIX;
      case ENFORCE -> "in force";
      case REVERTED -> "as the files say";
    };
  }

  /** The newest record of each criterion that was ever changed, by id. */
  public List<LiveCriterion> records() {
    return entries.values().stream().map(Entry::record).toList();
  }

  /** The newest record of a criterion, or null. */
  public LiveCriterion record(String criterionId) {
    Entry entry = entries.get(criterionId);
    return entry == null ? null : entry.record();
  }

  /** The version whose text is in force, 0 where that is the files'. */
  public long inForceVersion(String criterionId) {
    Entry entry = entries.get(criterionId);
    if (entry == null || entry.inForce() == null) {
      return 0;
    }
    Long earlier = entry.record().inForceVersion();
    return earlier == null ? entry.record().version() : earlier;
  }

  /** The criterion in force under an id, or null. */
  public CriterionSpec inForce(String criterionId) {
    Entry entry = entries.get(criterionId);
    return entry != null && entry.inForce() != null
        ? entry.inForce()
        : first(files, spec -> spec.id().equals(criterionId));
  }

  /** The staged form of a criterion, or null. */
  public CriterionSpec staged(String criterionId) {
    Entry entry = entries.get(criterionId);
    return entry == null ? null : entry.staged();
  }

  /**
   * Everything that judges now: those of the files in their order, each replaced where another text
   * is in force, and followed by its staged form; then those that no file has.
   */
  public List<CriterionSpec> all() {
    List<CriterionSpec> all = new ArrayList<>();
    for (CriterionSpec file : files) {
      Entry entry = entries.get(file.id());
      if (entry != null) {
        add(all, entry, file);
      } else if (!replacedWarning(file)) {
        all.add(file);
      }
    }
    entries.forEach(
        (id, entry) -> {
          if (first(files, spec -> spec.id().equals(id)) == null) {
            add(all, entry, null);
          }
        });
    return List.copyOf(all);
  }

  private static void add(List<CriterionSpec> all, Entry entry, CriterionSpec file) {
    if (entry.inForce() != null) {
      all.add(entry.inForce());
      if (entry.inForce().warnAt() > 0) {
        all.add(entry.inForce().warning());
      }
    } else if (file != null) {
      all.add(file);
    }
    if (entry.staged() != null) {
      all.add(entry.staged());
    }
  }

  /** The warning of a criterion comes and goes with the criterion. */
  private boolean replacedWarning(CriterionSpec file) {
    return entries.values().stream()
        .filter(entry -> entry.inForce() != null)
        .anyMatch(
            entry -> file.id().equals(entry.record().criterionId() + CriterionSpec.WARNING_SUFFIX));
  }

  private static CriterionSpec first(List<CriterionSpec> specs, Predicate<CriterionSpec> which) {
    return specs.stream().filter(which).findFirst().orElse(null);
  }
}
