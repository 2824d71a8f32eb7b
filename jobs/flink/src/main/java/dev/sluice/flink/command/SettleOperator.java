// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.command;

import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Shell of {@link CommandTopology}. Every command leaves at once but one: in a restored life, a
 * command that loosens (RESUME, OVERRIDE, ACKNOWLEDGE, PROMOTE, START_TRIAL) or may be refused
 * (SET_FLAGS) and was appended before this life began. It comes again because the checkpoint is
 * older than it, and what it answered has first to be judged again. It leaves after the wait, or
 * before the next command for its engine, whichever is earlier: the order of an engine's commands
 * never changes.
 */
final class SettleOperator extends AbstractStreamOperator<Command>
    implements OneInputStreamOperator<Command, Command> {
  private static final long serialVersionUID = 1L;

  private final long waitMs;
  private transient ListState<HeldCommand> state;
  private transient List<HeldCommand> held;
  private transient boolean restored;
  private transient long startedMs;

  SettleOperator(long waitMs) {
    this.waitMs = waitMs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("held", TypeInformation.of(HeldCommand.class)));
    held = new ArrayList<>();
    state.get().forEach(held::add);
    restored = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    startedMs = getProcessingTimeService().getCurrentProcessingTime();
    if (restored) {
      getProcessingTimeService().registerTimer(startedMs + waitMs, time -> release());
    }
  }

  @Override
  public void processElement(StreamRecord<Command> element) {
    Command command = element.getValue();
    releaseFor(command.engineId());
    if (replayed(element) && loosens(command.action())) {
      held.add(new HeldCommand(command, element.getTimestamp()));
    } else {
      output.collect(element);
    }
  }

  private boolean replayed(StreamRecord<Command> element) {
    return restored
        && element.hasTimestamp()
        && element.getTimestamp() < startedMs
        && getProcessingTimeService().getCurrentProcessingTime() < startedMs + waitMs;
  }

  private static boolean loosens(CommandAction action) {
    return switch (action) {
      case RESUME, OVERRIDE, ACKNOWLEDGE, PROMOTE, START_TRIAL, SET_FLAGS -> true;
      case HALT, PAUSE, REDUCE_ONLY, FLATTEN, ROLLBACK -> false;
    };
  }

  private void releaseFor(String engineId) {
    for (Iterator<HeldCommand> waiting = held.iterator(); waiting.hasNext(); ) {
      HeldCommand next = waiting.next();
      if (next.command().engineId().equals(engineId)) {
        waiting.remove();
        emit(next);
      }
    }
  }

  private void release() {
    held.forEach(this::emit);
    held.clear();
  }

  private void emit(HeldCommand next) {
    output.collect(new StreamRecord<>(next.command(), next.appendedMs()));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(held);
  }

  /** The job ends in order: nothing may be left waiting for a life that never comes. */
  @Override
  public void finish() throws Exception {
    release();
    super.finish();
  }
}
