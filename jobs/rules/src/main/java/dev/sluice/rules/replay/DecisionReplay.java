// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.rules.gate.Gate;
import dev.sluice.rules.gate.GateInput;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.gate.GateState;
import dev.sluice.rules.gate.GateStep;
import dev.sluice.rules.gate.GateTime;
import dev.sluice.schemas.Ack;
import dev.sluice.schemas.Cause;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Control;
import dev.sluice.schemas.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides one engine's archived decisions once more: the judges' words, made anew from archived
 * events, go to the gate of production together with what people asked and what the engine
 * answered, and what comes out is compared with what was published, bit for bit. Not thread-safe.
 *
 * <p>The order in which a gate hears its inputs is not archived. What a person asked comes in where
 * the decision that it led to says how far had been judged; an engine's answer, when as much has
 * been judged as it had lived through; and an answer that did not come in time, where the decision
 * says so. When a decision was made, by the wall clock, and by which gate, is taken from the
 * archive: the two fields that no evidence tells.
 */
public final class DecisionReplay {
  private static final Set<String> NOT_FROM_EVIDENCE = Set.of("issuedAtUs", "judgeId");
  private static final String OF_THE_GATE = "gate.";

  private final List<Control> archived;
  private final Map<String, Control> byCommand = new HashMap<>();
  private final Deque<Command> commands;
  private final Deque<Ack> acks;
  private final GatePolicy policy;
  private final Set<String> wantedVerdicts = new HashSet<>();
  private final Map<String, Verdict> heard = new HashMap<>();
  private final List<Control> again = new ArrayList<>();
  private GateState gate;

  /**
   * Of one engine.
   *
   * @param archived its decisions
   * @param commands what people asked of it
   * @param acks what it answered
   * @param policy that of the gate that decided
   */
  public DecisionReplay(
      String engineId,
      Collection<Control> archived,
      Collection<Command> commands,
      Collection<Ack> acks,
      GatePolicy policy) {
    this.archived =
        archived.stream().sorted(Comparator.comparingLong(Control::epoch)).distinct().toList();
    this.commands =
        new ArrayDeque<>(
            commands.stream().sorted(Comparator.comparingLong(Command::issuedAtUs)).toList());
    this.acks =
        new ArrayDeque<>(acks.stream().sorted(Comparator.comparingLong(Ack::eventTimeUs)).toList());
    this.policy = policy;
    this.gate = GateState.initial(engineId);
    for (Control control : this.archived) {
      control.cause().forEach(cause -> wantedVerdicts.add(cause.verdictId()));
      if (control.command() != null) {
        byCommand.put(control.command().commandId(), control);
      }
    }
  }

  /** A judge's word, or the marker of its progress. */
  public void heard(Verdict verdict) {
    if (wantedVerdicts.contains(verdict.verdictId())) {
      heard.putIfAbsent(verdict.verdictId(), verdict);
    }
    decide(new GateInput.Judged(verdict));
    others(false);
  }

  /**
   * What came of it.
   *
   * @param verdicts archived ones, by id; those that the decisions name are compared, too
   */
  public List<Redecided> end(Map<String, Verdict> verdicts) {
    others(true);
    List<Redecided> all = new ArrayList<>();
    for (int i = 0; i < Math.max(archived.size(), again.size()); i++) {
      Control before = i < archived.size() ? archived.get(i) : null;
      Control now = i < again.size() ? again.get(i) : null;
      all.add(new Redecided(before, now, differences(before, now, verdicts)));
    }
    return all;
  }

  private List<String> differences(Control before, Control now, Map<String, Verdict> verdicts) {
    if (before == null) {
      return List.of(
          "epoch " + now.epoch() + ", " + now.mode() + ": decided now and not in the archive");
    }
    String name = "decision " + before.decisionId();
    if (now == null) {
      return List.of(name + ": nothing is decided now");
    }
    List<String> differences =
        new ArrayList<>(SameRecords.differences(name, before, now, NOT_FROM_EVIDENCE));
    for (Cause cause : before.cause()) {
      if (cause.criterionId().startsWith(OF_THE_GATE)) {
        continue; // the gate's own word, compared with the decision
      }
      String what = "verdict " + cause.verdictId() + " of " + cause.criterionId();
      Verdict was = verdicts.get(cause.verdictId());
      Verdict is = heard.get(cause.verdictId());
      if (was == null || is == null) {
        differences.add(what + (was == null ? ": not in the archive" : ": not said now"));
      } else {
        differences.addAll(SameRecords.differences(what, was, is, Set.of()));
      }
    }
    return differences;
  }

  /** What is not a judge's word and is due, as far as has been judged. */
  private void others(boolean atTheEnd) {
    boolean more = true;
    while (more) {
      more = asked(atTheEnd) || answered() || unanswered();
    }
  }

  private boolean asked(boolean atTheEnd) {
    Command command = commands.peek();
    if (command == null) {
      return false;
    }
    Control led = byCommand.get(command.commandId());
    long dueUs = led == null ? command.issuedAtUs() : led.eventTimeUs();
    if (!atTheEnd && (gate.watermarkUs() < dueUs || (led != null && !next(led)))) {
      return false;
    }
    decide(new GateInput.Asked(commands.remove()));
    return true;
  }

  private boolean answered() {
    Ack ack = acks.peek();
    if (ack == null || ack.epoch() > gate.epoch() || ack.eventTimeUs() > gate.watermarkUs()) {
      return false;
    }
    decide(new GateInput.Answered(acks.remove()));
    return true;
  }

  /** The next archived decision is the gate's own, for want of an answer. */
  private boolean unanswered() {
    Control next = again.size() < archived.size() ? archived.get(again.size()) : null;
    boolean overdue =
        next != null
            && next.command() == null
            && next.cause().stream().anyMatch(c -> c.criterionId().startsWith(OF_THE_GATE))
            && gate.watermarkUs() >= next.eventTimeUs();
    if (!overdue) {
      return false;
    }
    int before = again.size();
    decide(new GateInput.Elapsed());
    return again.size() > before;
  }

  private boolean next(Control control) {
    return again.size() < archived.size() && archived.get(again.size()).equals(control);
  }

  private void decide(GateInput input) {
    int next = Math.min(again.size(), archived.size() - 1);
    long wallUs = next < 0 ? 0 : archived.get(next).issuedAtUs();
    GateStep step =
        Gate.decide(gate, input, new GateTime(wallUs, 0, GateTime.NO_CHECKPOINTS), policy);
    gate = step.state();
    if (step.control() != null) {
      again.add(step.control());
    }
  }
}
