// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.parity;

import dev.sluice.rules.parity.ParityJudge;
import dev.sluice.rules.parity.ParitySettings;
import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Parity;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Events of engines in their order to windows and verdicts about pairs, keyed by pair. */
public final class ParityTopology {
  /** Identities of the operators' state; a change of meaning is a new version. */
  public static final String PAIR_UID = "parity-pair-v1";

  public static final String JUDGE_UID = "parity-judge-v1";

  static final OutputTag<Parity> WINDOWS =
      new OutputTag<>("parity-windows", TypeInformation.of(Parity.class));

  private ParityTopology() {}

  /**
   * Builds the topology. Without pairs it is there and does nothing, so that state outlives a
   * change of the pairs.
   *
   * @param events of the sequencing, of all engines
   * @param criteria of any family; only those of parity are judged
   * @param refreshMs event time after which an unchanged verdict is said again
   */
  public static ParityStreams build(
      DataStream<EngineEvent> events,
      ParitySettings settings,
      List<CriterionSpec> criteria,
      long refreshMs) {
    new ParityJudge(settings, criteria, refreshMs);
    SingleOutputStreamOperator<Verdict> verdicts =
        events
            .flatMap(new PairingFunction(settings.parsedPairs()))
            .returns(TypeInformation.of(ParityInput.class))
            .setParallelism(events.getParallelism())
            .uid(PAIR_UID)
            .name("parity: of pairs")
            .keyBy(ParityInput::pair)
            .process(
                new ParityFunction(settings, criteria, refreshMs, WINDOWS),
                TypeInformation.of(Verdict.class))
            .uid(JUDGE_UID)
            .name("parity: compare, judge");
    return new ParityStreams(verdicts, verdicts.getSideOutput(WINDOWS));
  }
}
