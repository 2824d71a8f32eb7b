// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import dev.sluice.rules.risk.PortfolioJudge;
import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.rules.risk.RiskSettings;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Verdict;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What moves risk, closed buckets and commands to verdicts about all engines together. One instance
 * judges: a portfolio cannot be divided.
 */
public final class PortfolioRiskTopology {
  /** Identities of the operators' state; a change of meaning is a new version. */
  public static final String EVENT_UID = "risk-event-v1";

  public static final String BUCKET_UID = "risk-bucket-v1";
  public static final String COMMAND_UID = "risk-command-v1";
  public static final String JUDGE_UID = "risk-judge-v1";

  private PortfolioRiskTopology() {}

  /**
   * Builds the topology.
   *
   * @param events new mids, accepted fills and heartbeats, per engine in the order they were read
   * @param buckets closed buckets; those of whole engines are the clock
   * @param roster the engines of the portfolio
   * @param criteria criteria of any family; those that are not of a portfolio are left out
   * @param refreshMs event time after which an unchanged verdict is said again
   * @throws IllegalArgumentException when the roster is empty, or a criterion names an engine that
   *     is not on it
   */
  public static RiskStreams build(
      DataStream<RiskEvent> events,
      DataStream<Bucket> buckets,
      DataStream<Command> commands,
      RiskSettings settings,
      List<String> roster,
      List<CriterionSpec> criteria,
      long refreshMs) {
    PortfolioJudge.check(settings, roster, criteria, refreshMs);
    DataStream<PortfolioInput> inputs =
        input(events, PortfolioInput::of, EVENT_UID)
            .union(
                input(buckets, PortfolioInput::of, BUCKET_UID),
                input(commands, PortfolioInput::of, COMMAND_UID));
    SingleOutputStreamOperator<Verdict> verdicts =
        inputs
            .process(
                new PortfolioRiskFunction(settings, roster, criteria, refreshMs),
                TypeInformation.of(Verdict.class))
            .uid(JUDGE_UID)
            .name(JUDGE_UID)
            .forceNonParallel()
            .disableChaining(); // its one key group would become that of whatever it is chained to
    return new RiskStreams(verdicts, verdicts.getSideOutput(PortfolioRiskFunction.AUDITS));
  }

  private static <T> DataStream<PortfolioInput> input(
      DataStream<T> stream, MapFunction<T, PortfolioInput> wrap, String uid) {
    return stream
        .map(wrap)
        .returns(new PortfolioInputType())
        .setParallelism(stream.getParallelism())
        .uid(uid)
        .name(uid);
  }
}
