// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Health;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.Phase;
import dev.sluice.schemas.SentCounts;
import dev.sluice.schemas.Verdict;
import dev.sluice.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was seen on the topics of one engine: told, obeyed, judged. Written by the watching thread,
 * read by any; every read is a copy.
 */
public final class Observations {
  private final String engineId;
  private final Map<String, Told> told = new LinkedHashMap<>();
  private final Set<EpochOf> decisions = new LinkedHashSet<>();
  private final List<Ack> rejected = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private long verdictRecords;
  private final Map<String, Obeyed> obeyed = new HashMap<>();
  private final Map<String, Verdict> notClear = new TreeMap<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final List<Verdict> refusals = new ArrayList<>();
  private final List<Verdict> gateAlarms = new ArrayList<>();
  private final Map<Long, Long> healthAppendedMs = new HashMap<>();
  private final List<Long> leasesAppendedMs = new ArrayList<>();
  private long watermarkUs;
  private long firstEventUs = Long.MAX_VALUE;
  private Health lastHealth;

  Observations(String engineId) {
    this.engineId = engineId;
  }

  /** Whose they are. */
  public String engineId() {
    return engineId;
  }

  /**
   * A control record as it was first seen.
   *
   * @param appendedMs the broker's clock
   */
  public record Told(Control control, long appendedMs) {}

  /** A decision under the epoch it was published with. */
  public record EpochOf(String decisionId, Mode mode, long epoch) {}

  /** An engine's EFFECTIVE. */
  public record Obeyed(Ack ack, long appendedMs) {}

  /**
   * What one run of the engine says it has sent.
   *
   * @param health heartbeats, the highest sequence number
   * @param seen heartbeats seen
   */
  public record Sent(@Nullable SentCounts counts, long health, long seen, long droppedEvents) {}

  /**
   * A glance for the progress display.
   *
   * @param stage of the trial in force, null without a trial
   */
  public record Glance(
      long watermarkUs,
      long eventTimeUs,
      @Nullable Mode engineMode,
      @Nullable Mode toldMode,
      @Nullable String stage,
      Map<String, Phase> notClear,
      long events,
      int decisions) {}

  synchronized void control(Control control, long appendedMs) {
    if (control.engineId().equals(engineId)) {
      decisions.add(new EpochOf(control.decisionId(), control.mode(), control.epoch()));
      told.putIfAbsent(control.decisionId() + "/" + control.mode(), new Told(control, appendedMs));
    }
  }

  synchronized void ack(Ack ack, long appendedMs) {
    if (ack.engineId().equals(engineId) && ack.status() == AckStatus.REJECTED) {
      rejected.add(ack);
    } else if (ack.engineId().equals(engineId) && ack.status() == AckStatus.EFFECTIVE) {
      obeyed.putIfAbsent(ack.decisionId(), new Obeyed(ack, appendedMs));
    }
  }

  synchronized void lease(Lease lease, long appendedMs) {
    if (lease.engineId().equals(engineId)) {
      leasesAppendedMs.add(appendedMs);
      watermarkUs = Math.max(watermarkUs, lease.watermarkUs());
    }
  }

  synchronized void verdict(Verdict verdict) {
    if (verdict.progressMarker()) {
      return;
    }
    verdictRecords++;
    if (!verdict.engineId().equals(engineId)) {
      return;
    }
    String key =
        verdict.scopeKey().isEmpty()
            ? verdict.criterionId()
            : verdict.criterionId() + "/" + verdict.scopeKey();
    if (verdict.criterionId().startsWith("gate.")) {
      if (verdict.outcome() == VerdictOutcome.BREACH) {
        (verdict.criterionId().equals("gate.command") ? refusals : gateAlarms).add(verdict);
      }
      return;
    }
    verdicts.add(verdict);
    if (verdict.phase() == Phase.CLEAR) {
      notClear.remove(key);
    } else {
      notClear.put(key, verdict);
    }
  }

  synchronized void health(Health health, long appendedMs) {
    if (!health.engineId().equals(engineId)) {
      return;
    }
    healthAppendedMs.put(health.eventTimeUs(), appendedMs);
    firstEventUs = Math.min(firstEventUs, health.eventTimeUs());
    lastHealth = health;
    Sent before = sent.get(health.runId());
    sent.put(
        health.runId(),
        new Sent(
            health.sent(),
            health.seq(),
            before == null ? 1 : before.seen() + 1,
            health.droppedEvents()));
  }

  public synchronized Glance glance() {
    Map<String, Phase> phases = new TreeMap<>();
    notClear.forEach((key, verdict) -> phases.put(key, verdict.phase()));
    Told newest = null;
    for (Told each : told.values()) {
      newest = each;
    }
    return new Glance(
        watermarkUs,
        lastHealth == null ? 0 : lastHealth.eventTimeUs(),
        lastHealth == null ? null : lastHealth.mode(),
        newest == null ? null : newest.control().mode(),
        lastHealth == null || lastHealth.trial() == null ? null : lastHealth.trial().stage(),
        phases,
        events(),
        told.size());
  }

  private long events() {
    long events = 0;
    for (Sent run : sent.values()) {
      events += run.health();
      if (run.counts() != null) {
        events += run.counts().ticks() + run.counts().orders() + run.counts().fills();
      }
    }
    return events;
  }

  public synchronized long watermarkUs() {
    return watermarkUs;
  }

  /** Event time of the first heartbeat, {@link Long#MAX_VALUE} before it. */
  public synchronized long firstEventUs() {
    return firstEventUs;
  }

  /** Control records in the order of their epochs, each decision once. */
  public synchronized List<Told> told() {
    return told.values().stream()
        .sorted(java.util.Comparator.comparingLong((Told t) -> t.control().epoch()))
        .toList();
  }

  /**
   * Decisions published under two epochs, one line each; said again above the epoch of an engine
   * that rejected it is not twice.
   */
  public synchronized List<String> doubled() {
    List<String> lines = new ArrayList<>();
    for (EpochOf each : decisions) {
      decisions.stream()
          .filter(other -> other.decisionId().equals(each.decisionId()))
          .filter(other -> other.mode() == each.mode() && other.epoch() < each.epoch())
          .findFirst()
          .filter(first -> rejected.stream().noneMatch(ack -> leadsTo(ack, each)))
          .ifPresent(
              first ->
                  lines.add(
                      "doubled decision: "
                          + each.mode()
                          + " "
                          + each.decisionId()
                          + " under the epochs "
                          + first.epoch()
                          + " and "
                          + each.epoch()));
    }
    return lines;
  }

  private static boolean leadsTo(Ack rejection, EpochOf again) {
    return rejection.decisionId().equals(again.decisionId())
        && rejection.epoch() + 1 == again.epoch();
  }

  /** Distinct records of decisions: a decision said again under another epoch counts again. */
  public synchronized long decisions() {
    return decisions.size();
  }

  /** Verdicts on the topic, without progress markers. */
  public synchronized long verdictRecords() {
    return verdictRecords;
  }

  /** Verdicts of the criteria, in the order of hearing. */
  public synchronized List<Verdict> verdicts() {
    return List.copyOf(verdicts);
  }

  public synchronized Map<String, Obeyed> obeyed() {
    return Map.copyOf(obeyed);
  }

  public synchronized Map<String, Sent> sent() {
    return new LinkedHashMap<>(sent);
  }

  /** The broker's clock at the heartbeats, by their event time; what instant criteria decide on. */
  public synchronized Map<Long, Long> healthAppendedMs() {
    return Map.copyOf(healthAppendedMs);
  }

  /** The broker's clock at each lease: the topic itself forgets those before the newest. */
  public synchronized List<Long> leasesAppendedMs() {
    return List.copyOf(leasesAppendedMs);
  }

  /** Events the engine had to drop, over all its runs. */
  public synchronized long droppedEvents() {
    return sent.values().stream().mapToLong(Sent::droppedEvents).sum();
  }

  /** Commands the gate refused. */
  public synchronized List<Verdict> refusals() {
    return List.copyOf(refusals);
  }

  /** What the gate itself complained about: no answer from the engine, no lease given. */
  public synchronized List<Verdict> gateAlarms() {
    return List.copyOf(gateAlarms);
  }
}
