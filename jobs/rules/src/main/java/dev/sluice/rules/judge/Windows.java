// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.rules.metric.WindowView;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.Scope;
import dev.sluice.schemas.Bucket;
import java.util.ArrayList;
import java.util.List;

/** The bounded window of buckets in memory: puts, evicts, and looks at parts of it. */
final class Windows {
  /** Most symbols and arms judged separately per engine; the rest is ignored and counted. */
  static final int MAX_SCOPES = 256;

  private final long bucketMs;
  private final long longestUs;
  private final boolean parts;

  Windows(long bucketMs, long longestMs, boolean parts) {
    this.bucketMs = bucketMs;
    this.longestUs = Math.max(longestMs, bucketMs) * 1000;
    this.parts = parts;
  }

  /** Keeps a bucket of one arm and symbol; false when it is one key too many. */
  boolean addPart(Bucket part, JudgeMemory memory) {
    if (!parts) {
      return true;
    }
    JudgeCursor cursor = cursor(memory);
    List<String> scopes = new ArrayList<>(cursor.scopes());
    noteScope(scopes, symbolKey(part));
    noteScope(scopes, armKey(part));
    if (scopes.size() > MAX_SCOPES) {
      return false;
    }
    BucketSlot slot = memory.slot(part.startUs());
    List<Bucket> all = new ArrayList<>(slot == null ? List.of() : slot.parts());
    all.add(part);
    memory.putSlot(new BucketSlot(part.startUs(), null, all));
    memory.putCursor(
        new JudgeCursor(
            cursor.judgedUntilUs(),
            oldest(cursor, part.startUs()),
            cursor.source(),
            scopes,
            cursor.criteriaId()));
    return true;
  }

  /** Keeps the bucket that closes a start and forgets what no window needs any more. */
  void close(Bucket whole, JudgeMemory memory) {
    JudgeCursor cursor = cursor(memory);
    BucketSlot slot = memory.slot(whole.startUs());
    long keepFromUs = whole.endUs() - longestUs;
    long oldestUs = oldest(cursor, whole.startUs());
    if (cursor.judgedUntilUs() <= keepFromUs && oldestUs < keepFromUs) { // all is too old
      memory.clearSlots();
      oldestUs = whole.startUs();
    }
    while (oldestUs < keepFromUs) {
      memory.removeSlot(oldestUs);
      oldestUs += bucketMs * 1000;
    }
    memory.putSlot(new BucketSlot(whole.startUs(), whole, slot == null ? List.of() : slot.parts()));
    memory.putCursor(
        new JudgeCursor(
            whole.endUs(), oldestUs, whole.source(), cursor.scopes(), cursor.criteriaId()));
  }

  /** The window of one criterion on one scope key that ends with the given bucket. */
  WindowView view(CriterionSpec spec, String scopeKey, Bucket newest, JudgeMemory memory) {
    long endUs = newest.endUs();
    long startUs = endUs - spec.overMs() * 1000;
    long notBeforeUs = newest.startedAtUs() > 0 ? newest.startedAtUs() + spec.warmupMs() * 1000 : 0;
    long fromUs = spec.warmupMs() > 0 ? notBeforeUs : 0;
    List<Bucket> buckets = new ArrayList<>((int) (spec.overMs() / bucketMs));
    for (long atUs = startUs; atUs < endUs; atUs += bucketMs * 1000) {
      BucketSlot slot = atUs < fromUs ? null : memory.slot(atUs);
      if (slot == null) {
        continue;
      }
      if (scopeKey.isEmpty()) {
        if (slot.whole() != null) {
          buckets.add(slot.whole());
        }
      } else {
        for (Bucket part : slot.parts()) {
          if (scopeKey.equals(symbolKey(part)) || scopeKey.equals(armKey(part))) {
            buckets.add(part);
          }
        }
      }
    }
    return new WindowView(startUs, endUs, bucketMs, notBeforeUs, buckets);
  }

  /** The keys a scope is judged on: the empty one for the engine. */
  List<String> scopeKeys(Scope scope, JudgeMemory memory) {
    return switch (scope) {
      case ENGINE -> List.of("");
      case SYMBOL -> keysWith("symbol=", memory);
      case ARM -> keysWith("arm=", memory);
      case PORTFOLIO -> List.of();
    };
  }

  /** Forgets symbols and arms; those that still live come back with their next bucket. */
  void forgetScopes(JudgeMemory memory) {
    memory.putCursor(cursor(memory).withScopes(List.of()));
  }

  private static List<String> keysWith(String prefix, JudgeMemory memory) {
    return cursor(memory).scopes().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  static JudgeCursor cursor(JudgeMemory memory) {
    JudgeCursor cursor = memory.cursor();
    return cursor == null ? JudgeCursor.START : cursor;
  }

  private static long oldest(JudgeCursor cursor, long startUs) {
    return cursor.oldestStartUs() == 0 ? startUs : cursor.oldestStartUs();
  }

  private static void noteScope(List<String> scopes, String key) {
    if (key != null && !scopes.contains(key)) {
      scopes.add(key);
    }
  }

  private static String symbolKey(Bucket part) {
    return part.symbol() == null ? null : "symbol=" + part.symbol();
  }

  private static String armKey(Bucket part) {
    return part.arm() == null ? null : "arm=" + part.arm();
  }
}
