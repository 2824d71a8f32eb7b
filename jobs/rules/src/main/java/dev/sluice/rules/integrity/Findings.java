// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.integrity;

import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.FindingKind;
import dev.sluice.schemas.FindingStatus;
import dev.sluice.schemas.InputRange;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The findings of one engine that stand, and those that changed in this step. */
final class Findings {
  /** What a finding is about and what it rests on. */
  record Evidence(
      FindingKind kind,
      String subject,
      Severity severity,
      String symbol,
      String clientOrderId,
      String fillId,
      BigDecimal engineValue,
      BigDecimal venueValue,
      BigDecimal tolerance,
      String unit,
      InputRange at,
      String reason) {}

  private final String engineId;
  private final IntegrityState state;
  private final int most;
  private final List<Finding> changed = new ArrayList<>();

  Findings(String engineId, IntegrityState state, int most) {
    this.engineId = engineId;
    this.state = state;
    this.most = most;
  }

  List<Finding> changed() {
    return changed;
  }

  /** Confirms a finding; returns its id. */
  String confirm(Evidence evidence, Source source, long firstSeenUs, long atUs) {
    String identity =
        String.join(
            "|",
            engineId,
            evidence.kind().name(),
            evidence.subject(),
            Long.toString(firstSeenUs));
    Finding finding =
        new Finding(
            Finding.SCHEMA,
            Sha256.id(identity),
            engineId,
            evidence.kind(),
            evidence.subject(),
            FindingStatus.CONFIRMED,
            evidence.severity(),
            source,
            atUs,
            firstSeenUs,
            atUs,
            (atUs - firstSeenUs) / 1_000.0,
            1,
            evidence.symbol(),
            evidence.clientOrderId(),
            evidence.fillId(),
            evidence.engineValue(),
            evidence.venueValue(),
            evidence.tolerance(),
            evidence.unit(),
            evidence.at() == null ? null : List.of(evidence.at()),
            evidence.reason());
    Finding[] all = state.standing;
    if (all.length >= most) {
      all = Arrays.copyOfRange(all, 1, all.length);
      state.givenUp++;
    }
    state.standing = Arrays.copyOf(all, all.length + 1);
    state.standing[all.length] = finding;
    changed.add(finding);
    return finding.findingId();
  }

  /** Heals a finding that stands; nothing when it does not. */
  void heal(String findingId, long atUs, String reason) {
    for (int i = 0; i < state.standing.length; i++) {
      if (state.standing[i].findingId().equals(findingId)) {
        Finding finding = state.standing[i];
        remove(i);
        changed.add(as(finding, FindingStatus.HEALED, atUs, reason));
        return;
      }
    }
  }

  /** A person has taken note of what stands of these kinds. */
  void acknowledge(List<FindingKind> kinds, long atUs, String reason) {
    for (int i = state.standing.length - 1; i >= 0; i--) {
      Finding finding = state.standing[i];
      if (kinds.contains(finding.kind())) {
        remove(i);
        changed.add(as(finding, FindingStatus.ACKNOWLEDGED, atUs, reason));
      }
    }
  }

  boolean stands(String findingId) {
    for (Finding finding : state.standing) {
      if (finding.findingId().equals(findingId)) {
        return true;
      }
    }
    return false;
  }

  long count(FindingKind... kinds) {
    List<FindingKind> wanted = List.of(kinds);
    return Arrays.stream(state.standing).filter(f -> wanted.contains(f.kind())).count();
  }

  private void remove(int index) {
    Finding[] fewer = new Finding[state.standing.length - 1];
    System.arraycopy(state.standing, 0, fewer, 0, index);
    System.arraycopy(state.standing, index + 1, fewer, index, fewer.length - index);
    state.standing = fewer;
  }

  private static Finding as(Finding before, FindingStatus status, long atUs, String reason) {
    long eventUs = Math.max(atUs, before.eventTimeUs());
    return new Finding(
        before.schema(),
        before.findingId(),
        before.engineId(),
        before.kind(),
        before.subject(),
        status,
        before.severity(),
        before.source(),
        eventUs,
        before.firstSeenUs(),
        before.confirmedUs(),
        (eventUs - before.firstSeenUs()) / 1_000.0,
        before.snapshots(),
        before.symbol(),
        before.clientOrderId(),
        before.fillId(),
        before.engineValue(),
        before.venueValue(),
        before.tolerance(),
        before.unit(),
        before.inputs(),
        reason);
  }
}
