// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.stop;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.Verdict;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One subtask of the judge in Flink's harness, not opened yet. */
final class LiveHarness {
  private static final int MAX_PARALLELISM = 8;

  private LiveHarness() {}

  static KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict> of(
      StopSettings settings, int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, StopInput, RawRecord, Verdict>(
            new CoBroadcastWithKeyedOperator<>(
                new StopCriteriaFunction(settings), List.of(StopCriteriaFunction.LIVE)),
            StopInput::engineId,
            null,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness
        .getExecutionConfig()
        .configure(
            Configuration.fromMap(Map.of("pipeline.generic-types", "false")),
            LiveHarness.class.getClassLoader());
    return harness;
  }

  /** A record of the criteria topic. */
  static RawRecord raw(long offset, byte[] value) {
    return new RawRecord(Topics.CRITERIA, 0, offset, 1_700_000_000_000_000L, value);
  }
}
