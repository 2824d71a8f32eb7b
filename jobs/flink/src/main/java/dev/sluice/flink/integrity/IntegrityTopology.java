// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.integrity;

import dev.sluice.rules.integrity.IntegrityJudge;
import dev.sluice.rules.integrity.IntegritySettings;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Finding;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Events in their order to findings and verdicts, keyed by engine. */
public final class IntegrityTopology {
  /** Identity of the operator's state; a change of meaning is a new version. */
  public static final String JUDGE_UID = "integrity-judge-v1";

  private static final OutputTag<Finding> FINDINGS =
      new OutputTag<>("integrity-findings", TypeInformation.of(Finding.class));

  private IntegrityTopology() {}

  /**
   * Builds the topology.
   *
   * @param events of the sequencing, keyed by engine
   * @param criteria of any family; only those of integrity are judged
   * @param refreshMs event time after which an unchanged verdict is said again
   */
  public static IntegrityStreams build(
      KeyedStream<EngineEvent, String> events,
      IntegritySettings settings,
      List<CriterionSpec> criteria,
      long refreshMs) {
    new IntegrityJudge(settings, criteria, refreshMs);
    SingleOutputStreamOperator<Verdict> verdicts =
        events
            .process(
                new IntegrityFunction(settings, criteria, refreshMs, FINDINGS),
                TypeInformation.of(Verdict.class))
            .uid(JUDGE_UID)
            .name("integrity: check, judge");
    return new IntegrityStreams(verdicts, verdicts.getSideOutput(FINDINGS));
  }
}
