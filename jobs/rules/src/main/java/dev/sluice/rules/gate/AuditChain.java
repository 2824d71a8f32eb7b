// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.AuditEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The chain of an engine's audit log: seals entries and proves that they are whole.
 *
 * <p>The hash of an entry is SHA-256 (FIPS 180-4), in hexadecimal digits, over UTF-8 text: the hash
 * of the entry before, a line feed, and for each component from {@code schema} to {@code
 * expires_at_us}, in the order of the record, {@code name=length:value} and a line feed ({@code
 * name=-} for one that is null; the length is in UTF-16 units). The length makes the text
 * unambiguous whatever a value holds.
 *
 * <p>Control is at-least-once, and so is the log: a gate that is restored goes on from its
 * checkpoint. What it hears again in the same order gives the same entries, which count once. In
 * another order it gives a second branch behind the entry of the checkpoint; the entries of the
 * first are then superseded, which is no fault, but counted.
 */
public final class AuditChain {
  /** What the first entry follows. */
  public static final String GENESIS = "0".repeat(64);

  private AuditChain() {}

  /**
   * What a look at one engine's entries has shown.
   *
   * @param entries distinct ones
   * @param duplicates of them, the very same said again
   * @param superseded distinct entries that are not on the way from the first to the head
   * @param head the newest entry
   * @param brokenN number of the first entry that is missing or wrong, 0 for none
   * @param problem what is wrong there, empty for nothing
   */
  public record Proof(
      String engineId,
      long entries,
      long duplicates,
      long superseded,
      AuditHead head,
      long brokenN,
      String problem) {
    /** Whether every entry is what the gate said, and none is missing before the newest. */
    public boolean whole() {
      return brokenN == 0;
    }
  }

  /** The entry as the next of a log: its number, its place and its hash set. */
  static AuditEntry seal(AuditEntry entry, AuditHead after) {
    AuditEntry placed = with(entry, after.n() + 1, after.hash(), "");
    return with(placed, placed.n(), placed.previousHash(), hash(placed));
  }

  /** The hash that the entry must carry. */
  public static String hash(AuditEntry entry) {
    StringBuilder text = new StringBuilder(entry.previousHash()).append('\n');
    add(text, "schema", entry.schema());
    add(text, "engine_id", entry.engineId());
    add(text, "n", entry.n());
    add(text, "at_us", entry.atUs());
    add(text, "source", entry.source());
    add(text, "kind", entry.kind());
    add(text, "who", entry.who());
    add(text, "why", entry.why());
    add(text, "what", entry.what());
    add(text, "command_id", entry.commandId());
    add(text, "decision_id", entry.decisionId());
    add(text, "criterion_id", entry.criterionId());
    add(text, "epoch", entry.epoch());
    add(text, "expires_at_us", entry.expiresAtUs());
    return Sha256.hex(text.toString());
  }

  /**
   * Proves the entries of one engine.
   *
   * @param said all there are, as they were said where that is known, else by number; not empty
   */
  public static Proof prove(List<AuditEntry> said) {
    Set<AuditEntry> distinct = new LinkedHashSet<>(said);
    TreeMap<Long, List<AuditEntry>> byNumber = new TreeMap<>();
    AuditEntry head = null;
    for (AuditEntry entry : distinct) {
      byNumber.computeIfAbsent(entry.n(), n -> new ArrayList<>()).add(entry);
      head = entry;
    }
    if (head == null) {
      throw new IllegalArgumentException("there are no entries to prove");
    }
    long brokenN = 0;
    String problem = "";
    Set<String> before = Set.of(GENESIS);
    for (long n = Math.min(1, byNumber.firstKey()); n <= byNumber.lastKey() && brokenN == 0; n++) {
      List<AuditEntry> here = byNumber.getOrDefault(n, List.of());
      problem = problem(n, here, before, byNumber.firstKey());
      brokenN = problem.isEmpty() ? 0 : n;
      before = hashes(here);
    }
    return new Proof(
        head.engineId(),
        distinct.size(),
        said.size() - distinct.size(),
        distinct.size() - wayTo(head, distinct),
        new AuditHead(head.n(), head.hash()),
        brokenN,
        problem);
  }

  private static String problem(
      long n, List<AuditEntry> here, Set<String> before, long firstNumber) {
    if (n < 1) {
      return "numbers begin with 1";
    }
    if (here.isEmpty()) {
      return n < firstNumber
          ? "entries 1 to " + (firstNumber - 1) + " are missing: the log begins with " + firstNumber
          : "entry " + n + " is missing";
    }
    for (AuditEntry entry : here) {
      if (!entry.hash().equals(hash(entry))) {
        return "entry " + n + " is not what was said: its content does not give its hash";
      }
      if (!before.contains(entry.previousHash())) {
        return "entry "
            + n
            + " does not follow entry "
            + (n - 1)
            + ": its previous_hash is another";
      }
    }
    return "";
  }

  private static Set<String> hashes(List<AuditEntry> entries) {
    Set<String> hashes = new HashSet<>();
    entries.forEach(entry -> hashes.add(entry.hash()));
    return hashes;
  }

  /** Entries from the head back as far as the chain holds, the head included. */
  private static long wayTo(AuditEntry head, Set<AuditEntry> distinct) {
    Map<String, AuditEntry> byHash = new HashMap<>();
    distinct.forEach(entry -> byHash.putIfAbsent(entry.hash(), entry));
    Set<String> passed = new HashSet<>();
    for (AuditEntry at = head; at != null && passed.add(at.hash()); ) {
      at = byHash.get(at.previousHash());
    }
    return passed.size();
  }

  private static void add(StringBuilder text, String name, Object value) {
    text.append(name).append('=');
    if (value == null) {
      text.append('-');
    } else {
      String word = value.toString();
      text.append(word.length()).append(':').append(word);
    }
    text.append('\n');
  }

  private static AuditEntry with(AuditEntry e, long n, String previousHash, String hash) {
    return new AuditEntry(
        e.schema(),
        e.engineId(),
        n,
        e.atUs(),
        e.source(),
        e.kind(),
        e.who(),
        e.why(),
        e.what(),
        e.commandId(),
        e.decisionId(),
        e.criterionId(),
        e.epoch(),
        e.expiresAtUs(),
        previousHash,
        hash);
  }
}
