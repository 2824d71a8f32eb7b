// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.history;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The two ends of a replay: archived events in, words to a listener out. One of each. */
public final class HistoryTopology {
  private HistoryTopology() {}

  /** Events and commands of these days, as Kafka stored them. */
  public static DataStream<RawRecord> events(
      StreamExecutionEnvironment env, List<HistoryDay> days, String channelId) {
    return env.fromData(days, TypeInformation.of(HistoryDay.class))
        .name("days of the archive")
        .uid("history-days-v1")
        .setParallelism(1)
        .transform(
            "read history", TypeInformation.of(RawRecord.class), new ReadHistoryOperator(channelId))
        .uid("history-read-v1")
        .setParallelism(1);
  }

  /** Hands the words to the channel's listener. */
  public static void listen(DataStream<Verdict> words, String channelId) {
    words
        .transform("listen", TypeInformation.of(Verdict.class), new ListenOperator(channelId))
        .uid("history-listen-v1")
        .setParallelism(1);
  }
}
