// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.command.CommandTopology;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.history.HistoryChannel;
import dev.sluice.flink.history.HistoryDay;
import dev.sluice.flink.history.HistoryTopology;
import dev.sluice.flink.io.Locations;
import dev.sluice.flink.io.Messages;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The judges of {@link AllJobs} over an archive's raw events, without a gate: nobody is told what
 * to do, and nothing is stored. A bounded job of one process.
 */
public final class HistoryReplay {
  private final List<HistoryDay> days;

  private HistoryReplay(List<HistoryDay> days) {
    this.days = days;
  }

  /**
   * A job over what is there now.
   *
   * @param archive the directory of the datasets, a path or a URI
   * @throws IOException when a file cannot be read
   */
  public static HistoryReplay of(String archive) throws IOException {
    List<String> topics = new ArrayList<>(List.of(Sources.EVENTS));
    topics.add(Topics.COMMANDS);
    return new HistoryReplay(HistoryDay.of(Locations.uri(archive), topics));
  }

  /** Days there are events of. */
  public int days() {
    return days.size();
  }

  /** Adds the job to an environment. It fails at once when a file cannot be read. */
  public void define(StreamExecutionEnvironment env, SluiceConfig config, HistoryChannel channel) {
    JobEnvironment.apply(env, config);
    env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    env.getCheckpointConfig().disableCheckpointing();
    env.setParallelism(1);
    DataStream<RawRecord> stored = HistoryTopology.events(env, days, channel.id());
    DataStream<RawRecord> events =
        stored
            .filter(raw -> !raw.topic().equals(Topics.COMMANDS))
            .name("events")
            .uid("history-events-v1");
    DataStream<Command> commands = Messages.read(stored, Topics.COMMANDS, Command.class).records();
    DataStream<Command> people = CommandTopology.build(commands, config.gate().settleMs());
    DataStream<RawRecord> changes =
        stored
            .filter(raw -> raw.topic().equals(Topics.CRITERIA)) // none is archived
            .name("changed criteria")
            .uid("history-criteria-v1");
    HistoryTopology.listen(Judges.build(events, people, changes, config).words(), channel.id());
  }
}
