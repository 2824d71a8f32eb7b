// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.command;

import dev.sluice.schemas.Command;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Commands as the judges may hear them. */
public final class CommandTopology {
  static final String UID = "commands-settle-v1";

  private CommandTopology() {}

  /**
   * The same commands in the same order. After a restore, those that are replayed and would loosen
   * something wait for the verdicts that they answered: half of {@code settleMs}, so that they are
   * heard before the gate believes an engine that is ahead of it.
   *
   * @param settleMs wall clock; see {@code gate.settle}
   */
  public static DataStream<Command> build(DataStream<Command> commands, long settleMs) {
    return commands
        .transform(
            "settle commands", TypeInformation.of(Command.class), new SettleOperator(settleMs / 2))
        .uid(UID);
  }
}
