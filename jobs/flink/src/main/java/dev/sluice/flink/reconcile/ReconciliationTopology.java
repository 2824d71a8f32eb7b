// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.reconcile;

import dev.sluice.rules.sequence.EngineEvent;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Sequenced events of engines and venues in; verdicts, findings and drift out. */
public final class ReconciliationTopology {
  /** Identity of the operator's state; a change of meaning is a new version. */
  public static final String RECONCILE_UID = "reconcile-v1";

  private ReconciliationTopology() {}

  /**
   * Builds the topology.
   *
   * @param events what the sequencing has put in order, keyed by engine
   * @param criteria of any family; those of reconciliation are judged
   * @param refreshMs event time after which an unchanged verdict is said again
   */
  public static ReconciliationStreams build(
      KeyedStream<EngineEvent, String> events,
      ReconciliationSettings settings,
      List<CriterionSpec> criteria,
      long refreshMs) {
    SingleOutputStreamOperator<Verdict> verdicts =
        events
            .process(
                new ReconciliationFunction(settings, criteria, refreshMs),
                TypeInformation.of(Verdict.class))
            .uid(RECONCILE_UID)
            .name("reconcile: two books");
    return new ReconciliationStreams(
        verdicts,
        verdicts.getSideOutput(ReconciliationFunction.FINDINGS),
        verdicts.getSideOutput(ReconciliationFunction.DRIFTS));
  }
}
