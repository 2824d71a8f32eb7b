// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.AuditEntry;
import dev.sluice.schemas.AuditKind;
import dev.sluice.schemas.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private final List<AuditEntry> log = log(6);

  @Test
  void aLogAsItWasSaidIsWhole() {
    AuditChain.Proof proof = AuditChain.prove(log);
    assertThat(proof.whole()).isTrue();
    assertThat(proof.entries()).isEqualTo(6);
    assertThat(proof.duplicates()).isZero();
    assertThat(proof.superseded()).isZero();
    assertThat(proof.head()).isEqualTo(new AuditHead(6, log.get(5).hash()));
  }

  @Test
  void theOrderInWhichEntriesAreReadDoesNotMatter() {
    List<AuditEntry> shuffled = new ArrayList<>(log);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(AuditChain.prove(shuffled).whole()).isTrue();
  }

  @Test
  void whatIsSaidAgainCountsOnce() {
    List<AuditEntry> twice = new ArrayList<>(log);
    twice.addAll(log.subList(3, 6));
    AuditChain.Proof proof = AuditChain.prove(twice);
    assertThat(proof.whole()).isTrue();
    assertThat(proof.entries()).isEqualTo(6);
    assertThat(proof.duplicates()).isEqualTo(3);
    assertThat(proof.head().n()).isEqualTo(6);
  }

  @Test
  void anAlteredEntryIsFoundByItsHash() {
    AuditEntry e = log.get(2);
    log.set(2, copy(e, e.n(), "somebody else", e.previousHash(), e.hash()));
    broken(3, "does not give its hash");
  }

  @Test
  void anAlteredEntryWithAHashOfItsOwnIsFoundByTheNext() {
    AuditEntry e = log.get(2);
    AuditEntry forged = copy(e, e.n(), "somebody else", e.previousHash(), "");
    log.set(2, copy(forged, e.n(), forged.who(), forged.previousHash(), AuditChain.hash(forged)));
    broken(4, "does not follow entry 3");
  }

  @Test
  void aMissingEntryIsNamed() {
    log.remove(3);
    broken(4, "entry 4 is missing");
  }

  @Test
  void aLogWithoutItsBeginningIsBroken() {
    log.subList(0, 2).clear();
    broken(1, "entries 1 to 2 are missing");
  }

  @Test
  void twoEntriesThatHaveChangedPlacesAreFound() {
    AuditEntry second = log.get(1);
    AuditEntry third = log.get(2);
    log.set(1, copy(third, 2, third.who(), second.previousHash(), third.hash()));
    log.set(2, copy(second, 3, second.who(), third.previousHash(), second.hash()));
    broken(2, "does not give its hash");
  }

  @Test
  void aBranchThatARestartLeftBehindIsCountedAndNoFault() {
    List<AuditEntry> said = new ArrayList<>(log);
    AuditHead checkpoint = new AuditHead(4, log.get(3).hash());
    AuditEntry fifth = AuditChain.seal(entry("after the restart"), checkpoint);
    said.add(fifth);
    AuditChain.Proof proof = AuditChain.prove(said);
    assertThat(proof.whole()).isTrue();
    assertThat(proof.superseded()).isEqualTo(2);
    assertThat(proof.head()).isEqualTo(new AuditHead(5, fifth.hash()));
  }

  @Test
  void noEntriesAreNoProof() {
    assertThatThrownBy(() -> AuditChain.prove(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theHashIsOfTheWrittenForm() {
    AuditEntry first = log.get(0);
    String text =
        "0".repeat(64)
            + "\nschema=14:audit_entry.v1\nengine_id=4:mm-1\nn=1:1\nat_us=2:10\nsource=5:PAPER\n"
            + "kind=16:COMMAND_ACCEPTED\nwho=3:who\nwhy=3:why\nwhat=4:HALT\ncommand_id=-\n"
            + "decision_id=-\ncriterion_id=-\nepoch=-\nexpires_at_us=-\n";
    assertThat(first.hash()).isEqualTo(Sha256.hex(text));
  }

  private void broken(long n, String problem) {
    AuditChain.Proof proof = AuditChain.prove(log);
    assertThat(proof.whole()).isFalse();
    assertThat(proof.brokenN()).isEqualTo(n);
    assertThat(proof.problem()).contains(problem);
    assertThat(proof.engineId()).isEqualTo("mm-1");
  }

  private static List<AuditEntry> log(int entries) {
    List<AuditEntry> log = new ArrayList<>();
    AuditHead head = AuditHead.START;
    for (int i = 1; i <= entries; i++) {
      AuditEntry next = AuditChain.seal(entry(i == 1 ? "who" : "who" + i), head);
      log.add(next);
      head = new AuditHead(next.n(), next.hash());
    }
    return log;
  }

  private static AuditEntry entry(String who) {
    return new AuditEntry(
        AuditEntry.SCHEMA,
        "mm-1",
        0,
        10,
        Source.PAPER,
        AuditKind.COMMAND_ACCEPTED,
        who,
        "why",
        "HALT",
        null,
        null,
        null,
        null,
        null,
        "",
        "");
  }

  private static AuditEntry copy(
      AuditEntry e, long n, String who, String previousHash, String hash) {
    return new AuditEntry(
        e.schema(),
        e.engineId(),
        n,
        e.atUs(),
        e.source(),
        e.kind(),
        who,
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
