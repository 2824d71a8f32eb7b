// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.engine.config.TrialPlan;
import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.gate.TakenUp;
import dev.sluice.schemas.Arm;
import dev.sluice.schemas.RolloutState;
import dev.sluice.schemas.SlotAssignment;
import dev.sluice.schemas.TrialState;
import java.util.HashMap;
import java.util.Map;

/**
 * Which arm is whose, now: the plan of the one trial that this engine knows, and the stage of it
 * that control has put in force. A new stage begins at the next border of a slot. The end of a
 * trial, by a rollback or because control names none or another, is at once; the rest of the slot
 * it cuts is warm-up of A. Times are epoch microseconds of event time and must not fall. Not
 * thread-safe.
 */
final class TrialSlots {
  private static final long US_PER_MS = 1_000L;
  private static final long NEVER_US = Long.MAX_VALUE;

  private final TrialPlan plan;
  private Map<String, Boolean> flags;
  private String flagsRefusal;
  private final String armB;
  private AppliedControl seen;
  private RolloutState inForce = RolloutState.NONE;
  private Long sinceUs;
  private RolloutState next;
  private long nextFromUs = NEVER_US;
  private long cutUntilUs = Long.MIN_VALUE;
  private String refusal;
  private final Map<String, Assigned> newest = new HashMap<>();

  /** The newest answer for a symbol: a slot is asked for very often. */
  private record Assigned(long number, double share, Arm arm) {}

  /**
   * @param plan null for an engine that knows no trial
   * @param flags those of every slot that is not treated
   */
  TrialSlots(TrialPlan plan, Map<String, Boolean> flags) {
    this.plan = plan;
    this.flags = flags;
    this.armB = plan == null ? null : TrialState.armBHash(plan.armB());
  }

  /** Takes up what control asks for; true when a trial has ended now and B must go at once. */
  boolean obey(AppliedControl applied, long nowUs) {
    if (next != null && nowUs >= nextFromUs) {
      inForce = next;
      sinceUs = nextFromUs;
      next = null;
      nextFromUs = NEVER_US;
    }
    if (seen != null && seen.epoch() == applied.epoch()) {
      return false;
    }
    boolean first = seen == null;
    seen = applied;
    refusal = refusal(applied.rollout());
    RolloutState wanted = refusal == null ? applied.rollout() : RolloutState.NONE;
    if (first && refusal == null && applied.rolloutFromUs() != null) {
      resume(wanted, applied.rolloutFromUs(), nowUs);
      return false;
    }
    return take(wanted, nowUs);
  }

  /** Whether a stage is in force, or will be from the next border on. */
  boolean running() {
    return (next == null ? inForce : next).running();
  }

  /**
   * What to tell of the flags.
   *
   * @param inForce those of every slot that is not treated
   * @param refused why the newest record's were not taken up, null when they were
   */
  void tell(Map<String, Boolean> inForce, String refused) {
    flags = inForce;
    flagsRefusal = refused;
  }

  /** What has become of the newest control record. */
  TakenUp takenUp() {
    return new TakenUp(
        seen == null ? 0 : seen.epoch(),
        next == null ? inForce : next,
        next == null ? sinceUs : Long.valueOf(nextFromUs),
        refusal,
        flags,
        flagsRefusal);
  }

  /** The slot a symbol is in, null outside a trial. */
  Slot at(String symbol, long nowUs) {
    if (plan == null) {
      return null;
    }
    RolloutState stage = stage(nowUs);
    if (!stage.running() && nowUs >= cutUntilUs) {
      return null;
    }
    long number = SlotAssignment.slot(nowUs, plan.slotMs());
    return new Slot(arm(symbol, number, stage.treatmentShare()), number, warmup(nowUs));
  }

  /**
   * The mark of an order that is sent now.
   *
   * @param decided where its hedge began, null for other orders; it no longer counts when the trial
   *     has been ended in that slot or after it
   */
  SlotMark mark(String symbol, SlotMark decided, long nowUs) {
    boolean ended =
        decided != null
            && decided.slot() != null
            && SlotAssignment.startUs(decided.slot(), plan.slotMs()) < cutUntilUs;
    return decided == null || ended ? SlotMark.of(at(symbol, nowUs)) : decided;
  }

  private Arm arm(String symbol, long number, double share) {
    Assigned known = newest.get(symbol);
    if (known == null || known.number() != number || known.share() != share) {
      Arm arm = SlotAssignment.arm(plan.salt(), symbol, number, share);
      known = new Assigned(number, share, arm);
      newest.put(symbol, known);
    }
    return known.arm();
  }

  /** Whether no arm is judged by what happens now, whatever the symbol. */
  boolean warmup(long nowUs) {
    if (plan == null) {
      return false;
    }
    if (!stage(nowUs).running()) {
      return nowUs < cutUntilUs;
    }
    return Math.floorMod(nowUs, plan.slotMs() * US_PER_MS) < plan.warmupMs() * US_PER_MS;
  }

  /** The stage in force for the health record, null before any trial. */
  TrialState state(long nowUs) {
    RolloutState stage = stage(nowUs);
    if (plan == null || !plan.id().equals(stage.trialId())) {
      return null;
    }
    return new TrialState(
        stage.trialId(),
        stage.stage(),
        stage.treatmentShare(),
        stage.equals(inForce) ? sinceUs : nextFromUs,
        plan.salt(),
        plan.slotMs(),
        plan.warmupMs(),
        armB);
  }

  void hash(StateHash hash) {
    hash.add(inForce.stage()).add(sinceUs == null ? 0L : sinceUs);
    hash.add(nextFromUs).add(cutUntilUs);
  }

  private RolloutState stage(long nowUs) {
    return nowUs >= nextFromUs ? next : inForce;
  }

  /** Why a stage cannot be taken up, null when it can. A rollback always can. */
  private String refusal(RolloutState wanted) {
    if (!wanted.running()) {
      return null;
    }
    if (plan == null || !plan.id().equals(wanted.trialId())) {
      return "trial " + wanted.trialId() + " is not configured";
    }
    try {
      SlotAssignment.blockSlots(wanted.treatmentShare());
      return null;
    } catch (IllegalArgumentException e) {
      return "trial " + wanted.trialId() + ": " + e.getMessage();
    }
  }

  private boolean take(RolloutState wanted, long nowUs) {
    if (wanted.equals(next == null ? inForce : next)) {
      return false;
    }
    next = null;
    nextFromUs = NEVER_US;
    if (wanted.equals(inForce)) {
      return false;
    }
    if (wanted.running()) {
      next = wanted;
      nextFromUs = endOfSlotUs(nowUs);
      return false;
    }
    boolean cut = inForce.running();
    cutUntilUs = cut ? endOfSlotUs(nowUs) : cutUntilUs;
    inForce = wanted;
    sinceUs = nowUs;
    return cut;
  }

  /** After a restart: the stage goes on as it was, if it was of this axis of time. */
  private void resume(RolloutState wanted, long fromUs, long nowUs) {
    if (fromUs <= nowUs) {
      inForce = wanted;
      sinceUs = fromUs;
      cutUntilUs = plan == null || wanted.running() ? cutUntilUs : endOfSlotUs(fromUs);
    } else {
      take(wanted, nowUs);
    }
  }

  private long endOfSlotUs(long timeUs) {
    return SlotAssignment.startUs(SlotAssignment.slot(timeUs, plan.slotMs()) + 1, plan.slotMs());
  }
}
