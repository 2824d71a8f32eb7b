// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Command;
import dev.sluice.schemas.CommandAction;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SettleOperatorTest {
  private static final long WAIT_MS = 5_000;
  private static final long START_MS = 1_000_000;
  private static final long REPLAYED_MS = START_MS - 1;

  @Test
  void inAFirstLifeEverythingPassesAtOnce() throws Exception {
    try (var operator = harness()) {
      operator.open();
      say(operator, "r", CommandAction.RESUME, "mm-1", REPLAYED_MS);
      assertThat(said(operator)).containsExactly("r");
    }
  }

  @Test
  void aReplayedResumeWaitsForWhatItAnswered() throws Exception {
    try (var operator = restored(emptyState())) {
      say(operator, "r", CommandAction.RESUME, "mm-1", REPLAYED_MS);
      operator.setProcessingTime(START_MS + WAIT_MS - 1);
      assertThat(said(operator)).isEmpty();
      operator.setProcessingTime(START_MS + WAIT_MS);
      assertThat(said(operator)).containsExactly("r");
      say(operator, "late", CommandAction.RESUME, "mm-1", REPLAYED_MS);
      assertThat(said(operator)).as("the wait is over").containsExactly("r", "late");
    }
  }

  @Test
  void whatRestrictsNeverWaitsAndTheOrderOfAnEngineStays() throws Exception {
    try (var operator = restored(emptyState())) {
      say(operator, "halt-1", CommandAction.HALT, "mm-1", REPLAYED_MS);
      say(operator, "resume-1", CommandAction.RESUME, "mm-1", REPLAYED_MS);
      say(operator, "resume-2", CommandAction.RESUME, "mm-2", REPLAYED_MS);
      assertThat(said(operator)).containsExactly("halt-1");
      say(operator, "halt-2", CommandAction.HALT, "mm-1", REPLAYED_MS);
      assertThat(said(operator)).containsExactly("halt-1", "resume-1", "halt-2");
      operator.setProcessingTime(START_MS + WAIT_MS);
      assertThat(said(operator)).containsExactly("halt-1", "resume-1", "halt-2", "resume-2");
    }
  }

  @Test
  void aPersonWhoAsksNowIsHeardNow() throws Exception {
    try (var operator = restored(emptyState())) {
      say(operator, "old", CommandAction.OVERRIDE, "mm-1", REPLAYED_MS);
      say(operator, "new", CommandAction.RESUME, "mm-1", START_MS);
      assertThat(said(operator)).containsExactly("old", "new");
    }
  }

  @Test
  void whatWaitsSurvivesTheNextCrash() throws Exception {
    OperatorSubtaskState state;
    try (var operator = restored(emptyState())) {
      say(operator, "r", CommandAction.RESUME, "mm-1", REPLAYED_MS);
      state = operator.snapshot(1, 1);
    }
    try (var operator = restored(state)) {
      assertThat(said(operator)).isEmpty();
      operator.setProcessingTime(START_MS + WAIT_MS);
      assertThat(said(operator)).containsExactly("r");
    }
  }

  private static OperatorSubtaskState emptyState() throws Exception {
    try (var operator = harness()) {
      operator.open();
      return operator.snapshot(1, 1);
    }
  }

  private static OneInputStreamOperatorTestHarness<Command, Command> restored(
      OperatorSubtaskState state) throws Exception {
    var operator = harness();
    operator.initializeState(state);
    operator.open();
    return operator;
  }

  private static OneInputStreamOperatorTestHarness<Command, Command> harness() throws Exception {
    var operator =
        new OneInputStreamOperatorTestHarness<>(
            new SettleOperator(WAIT_MS),
            TypeInformation.of(Command.class).createSerializer(new SerializerConfigImpl()));
    operator.setup(TypeInformation.of(Command.class).createSerializer(new SerializerConfigImpl()));
    operator.setProcessingTime(START_MS);
    return operator;
  }

  private static void say(
      OneInputStreamOperatorTestHarness<Command, Command> operator,
      String id,
      CommandAction action,
      String engine,
      long appendedMs)
      throws Exception {
    operator.processElement(
        new Command(Command.SCHEMA, id, engine, "ann", "because", action, "engine", null, 0, null),
        appendedMs);
  }

  private static List<String> said(OneInputStreamOperatorTestHarness<Command, Command> operator) {
    return operator.extractOutputValues().stream().map(Command::commandId).toList();
  }
}
