// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.demo;

import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.engine.fault.Scenario;
import dev.sluice.schemas.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The scenario's operator: sends each command when the judge's watermark reaches its time. Called
 * from the watching thread; asked from any.
 */
public final class Operator implements AutoCloseable {
  private final CommandSender sender;
  private final String engineId;
  private final Deque<Scenario.ScenarioCommand> waiting = new ArrayDeque<>();
  private final Set<String> sentIds = new HashSet<>();
  private long startUs = Long.MAX_VALUE;

  /** Connects lazily. */
  public Operator(String bootstrap, Scenario scenario) {
    this.sender = new CommandSender(bootstrap);
    this.engineId = scenario.engine();
    scenario.commands().stream()
        .sorted(Comparator.comparingLong(Scenario.ScenarioCommand::atMs))
        .forEach(waiting::add);
  }

  /** Offsets count from here; before it is known nothing is sent. */
  public synchronized void startsAt(long eventTimeUs) {
    startUs = eventTimeUs;
  }

  /** Sends what is due. */
  public synchronized void reached(long watermarkUs) {
    while (!waiting.isEmpty()
        && startUs != Long.MAX_VALUE
        && watermarkUs >= startUs + waiting.peek().atMs() * 1000) {
      Scenario.ScenarioCommand due = waiting.poll();
      Command command = command(due);
      sentIds.add(command.commandId());
      sender.send(command);
    }
  }

  /** Its id follows from the scenario: the same run again leads to the same decision ids. */
  private Command command(Scenario.ScenarioCommand due) {
    String identity = engineId + '|' + due.atMs() + '|' + due.action();
    return new Command(
        Command.SCHEMA,
        UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString(),
        engineId,
        due.who(),
        due.why(),
        due.action(),
        "engine",
        due.criterion(),
        startUs + due.atMs() * 1000,
        null,
        due.trial());
  }

  /** Ids of the commands sent so far. */
  public synchronized Set<String> sentIds() {
    return Set.copyOf(sentIds);
  }

  /** Commands whose time has not come. */
  public synchronized int waiting() {
    return waiting.size();
  }

  @Override
  public void close() {
    sender.close();
  }
}
