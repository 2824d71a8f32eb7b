// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Ack;
import dev.sluice.schemas.AckStatus;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Lease;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.Position;
import dev.sluice.schemas.Purpose;
import dev.sluice.schemas.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Obedience: what any Java engine needs to follow the control protocol. Feed it control records and
 * leases as they arrive, say {@link #controlReadToEnd} once the control topic has been read to its
 * end, call {@link #doWork} in every turn of the loop, and ask {@link #permits} before every order.
 *
 * <p>A record is applied when its epoch is higher than the last one applied; the mode changes at
 * once, within {@link #onControl}; {@link #doWork} saves the epoch before it acknowledges anything,
 * and waits for the disk afterwards. The effective mode is the most restrictive of the record's,
 * the lease's (none yet: PAUSE; lapsed: REDUCE_ONLY, then PAUSE), and PAUSE while the client has
 * reason to doubt what it knows: control not yet read, a record missed, a saved epoch that cannot
 * be read.
 *
 * <p>Single-threaded, deterministic, no clock of its own: {@code nowUs} is the caller's wall clock,
 * epoch microseconds. It should not step (take the wall clock once and go on monotonically): a step
 * back would hold the mode as of the later time, a step ahead looks like a lapsed lease.
 */
public final class GateClient {
  private static final int MAX_REJECTIONS = 64;

  private final GateIdentity identity;
  private final EpochStore store;
  private final AckSink acks;
  private final LeaseClock lease;
  private final List<String> rejections = new ArrayList<>();
  private AppliedControl applied;
  private boolean epochUnknown;
  private boolean readToEnd;
  private Control newestInHistory;
  private Control lastInHistory;
  private boolean saveDue;
  private boolean receivedDue;
  private boolean effectiveDue;
  private boolean missedControl;
  private long receivedAtUs;
  private long wallUs;
  private long seq;
  private long unsavedEpochs;

  /** Loads what was applied last; a store that cannot be trusted means PAUSE, not a failure. */
  public GateClient(
      GateIdentity identity, GateClientSettings settings, EpochStore store, AckSink acks) {
    this.identity = identity;
    this.store = store;
    this.acks = acks;
    this.lease = new LeaseClock(settings);
    try {
      this.applied = store.load();
    } catch (EpochStoreException e) {
      this.applied = AppliedControl.NONE;
      this.epochUnknown = true;
    }
  }

  /** Takes a control record; records of other engines are ignored. */
  public void onControl(Control control, long nowUs) {
    if (!control.engineId().equals(identity.engineId())) {
      return;
    }
    if (readToEnd) {
      take(control, nowUs);
    } else {
      lastInHistory = control;
      if (newestInHistory == null || control.epoch() >= newestInHistory.epoch()) {
        newestInHistory = control;
      }
    }
    look(nowUs);
  }

  /**
   * Everything that was in the control topic at the start has been handed in; trading may begin.
   */
  public void controlReadToEnd(long nowUs) {
    readToEnd = true;
    if (newestInHistory != null) {
      take(newestInHistory, nowUs);
      if (lastInHistory.epoch() < newestInHistory.epoch()) {
        take(lastInHistory, nowUs);
      }
    }
    newestInHistory = null;
    lastInHistory = null;
    look(nowUs);
  }

  /** Takes a lease, at the wall clock of its receipt. */
  public void onLease(Lease renewed, long nowUs) {
    if (renewed.engineId().equals(identity.engineId())) {
      lease.renew(renewed, applied.epoch(), nowUs);
    }
    look(nowUs);
  }

  /**
   * Sends the acknowledgements that are due: RECEIVED once per record, EFFECTIVE once {@code work}
   * holds no order that the record's mode forbids and, where it treats no slot, none of arm B. An
   * engine that knows trials must have looked at the record before. Where it refuses the record's
   * flags it says REJECTED in place of EFFECTIVE; the mode is obeyed all the same. Returns how many
   * were sent.
   */
  public int doWork(long nowUs, long eventTimeUs, OpenWork work) {
    look(nowUs);
    long before = seq;
    boolean looked = work.takenUp() == null || work.takenUp().epoch() >= applied.epoch();
    if (looked) {
      takeUp(work.takenUp());
    }
    boolean saved = looked && save();
    if (receivedDue && looked) {
      receivedDue = false;
      acknowledge(AckStatus.RECEIVED, applied.decisionId(), eventTimeUs, work, remarks(work));
    }
    for (String decisionId : rejections) {
      String reason = "epoch " + applied.epoch() + " has been applied";
      acknowledge(AckStatus.REJECTED, decisionId, eventTimeUs, work, reason);
    }
    rejections.clear();
    if (effectiveDue && looked && flagsRefusal(work) != null) {
      effectiveDue = false;
      acknowledge(AckStatus.REJECTED, applied.decisionId(), eventTimeUs, work, flagsRefusal(work));
    } else if (effectiveDue && looked && effective(work)) {
      effectiveDue = false;
      acknowledge(AckStatus.EFFECTIVE, applied.decisionId(), eventTimeUs, work, refusal(work));
    }
    if (saved) {
      store(EpochStore::force);
    }
    return (int) (seq - before);
  }

  /** The mode in force, as of the newest time told. */
  public Mode mode() {
    if (!readToEnd || epochUnknown || missedControl) {
      return applied.mode().max(Mode.PAUSE);
    }
    return applied.mode().max(lease.mode(wallUs));
  }

  /**
   * Whether a new order may be sent now; see {@link ModeRules}. Cancels need no permission.
   *
   * @param position signed position in the order's symbol, base units
   * @param openReducing unfilled quantity of the open orders that already reduce it
   */
  public boolean permits(
      Purpose purpose, Side side, BigDecimal qty, BigDecimal position, BigDecimal openReducing) {
    return readToEnd && ModeRules.permits(mode(), purpose, side, qty, position, openReducing);
  }

  /** The open orders that the mode in force forbids: the engine must cancel them. */
  public List<WorkingOrder> forbidden(OpenWork work) {
    return ModeRules.forbidden(mode(), work);
  }

  /** True while a record has been applied whose effect is not yet confirmed. */
  public boolean awaitsEffect() {
    return receivedDue || effectiveDue || !rejections.isEmpty();
  }

  /** The last control record applied. */
  public AppliedControl applied() {
    return applied;
  }

  /** Milliseconds left on the lease, negative when it has lapsed or never was. */
  public double leaseLeftMs() {
    return lease.leftMs(wallUs);
  }

  /** The judge's event-time watermark, {@link Long#MIN_VALUE} before the first lease. */
  public long watermarkUs() {
    return lease.watermarkUs();
  }

  /** Records that were applied but could not be saved since the start. */
  public long unsavedEpochs() {
    return unsavedEpochs;
  }

  private boolean effective(OpenWork work) {
    return ModeRules.forbidden(applied.mode(), work).isEmpty()
        && (applied.rollout().running() || !work.treatedOrderLeft());
  }

  private void takeUp(TakenUp takenUp) {
    if (takenUp != null && !Objects.equals(takenUp.fromUs(), applied.rolloutFromUs())) {
      applied = applied.takenUp(takenUp.fromUs());
      saveDue = true;
    }
  }

  private void look(long nowUs) {
    wallUs = Math.max(wallUs, nowUs);
    missedControl = lease.missedControl(applied.epoch(), wallUs);
  }

  private void take(Control control, long nowUs) {
    boolean known = control.decisionId().equals(applied.decisionId());
    if (control.epoch() > applied.epoch()) {
      boolean sameStage = applied.rollout().equals(control.rollout());
      Long fromUs = sameStage ? applied.rolloutFromUs() : null;
      applied =
          new AppliedControl(
              control.epoch(),
              control.decisionId(),
              control.mode(),
              control.rollout(),
              fromUs,
              control.flags() == null ? applied.flags() : control.flags());
      epochUnknown = false;
      saveDue = true;
    } else if (!known) {
      reject(control.decisionId());
      return;
    }
    receivedDue = true;
    effectiveDue = true;
    receivedAtUs = nowUs;
  }

  /** Returns whether something was saved. */
  private boolean save() {
    boolean due = saveDue;
    saveDue = false;
    return due && store(to -> to.save(applied));
  }

  /** A full disk must not keep an engine from obeying; the control topic remembers as well. */
  private boolean store(Consumer<EpochStore> step) {
    try {
      step.accept(store);
      return true;
    } catch (EpochStoreException e) {
      unsavedEpochs++;
      return false;
    }
  }

  private void reject(String decisionId) {
    if (rejections.size() < MAX_REJECTIONS && !rejections.contains(decisionId)) {
      rejections.add(decisionId);
    }
  }

  private String remarks(OpenWork work) {
    String refusal = refusal(work);
    if (unsavedEpochs == 0) {
      return refusal;
    }
    String unsaved = unsavedEpochs + " epochs could not be saved";
    return refusal == null ? unsaved : refusal + "; " + unsaved;
  }

  private static String flagsRefusal(OpenWork work) {
    return work.takenUp() == null ? null : work.takenUp().flagsRefusal();
  }

  private static String refusal(OpenWork work) {
    return work.takenUp() == null ? null : work.takenUp().refusal();
  }

  private void acknowledge(
      AckStatus status, String decisionId, long eventTimeUs, OpenWork work, String reason) {
    boolean effective = status == AckStatus.EFFECTIVE;
    List<Position> positions = List.copyOf(work.positions());
    TakenUp takenUp = work.takenUp();
    acks.send(
        new Ack(
            Ack.SCHEMA,
            identity.engineId(),
            identity.runId(),
            ++seq,
            eventTimeUs,
            identity.source(),
            decisionId,
            applied.epoch(),
            applied.mode(),
            status,
            work.orders().size(),
            positions,
            receivedAtUs,
            effective ? wallUs : null,
            effective ? eventTimeUs : null,
            reason,
            takenUp == null ? null : takenUp.rollout(),
            takenUp == null ? null : takenUp.fromUs(),
            takenUp == null ? null : takenUp.flags()));
  }
}
