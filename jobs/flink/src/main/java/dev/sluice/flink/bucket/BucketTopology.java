// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.flink.RawRecord;
import dev.sluice.rules.risk.RiskEvent;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Health;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Raw records in, closed buckets out: parts beside the source, merged by engine. */
public final class BucketTopology {
  public static final String PARTIAL_UID = "bucket-partial-v1";
  public static final String MERGE_UID = "bucket-merge-v1";
  public static final String HEALTH_CHECK_UID = "health-check-v1";
  public static final String RISK_CHECK_UID = "risk-check-v1";
  private static final String PARTIAL_NAME = "buckets: read, check, count";
  private static final String MERGE_NAME = "buckets: merge, close";

  private static final OutputTag<Health> HEALTH =
      new OutputTag<>("health", TypeInformation.of(Health.class));
  private static final OutputTag<RiskEvent> RISK =
      new OutputTag<>("risk", TypeInformation.of(RiskEvent.class));
  private static final OutputTag<Bucket> AMENDMENTS =
      new OutputTag<>("amendments", TypeInformation.of(Bucket.class));
  private static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private BucketTopology() {}

  /**
   * @param raw topics ticks, orders, fills, health and ledger, in any interleaving; drop copy may
   *     be among them and is left out
   */
  public static BucketStreams build(DataStream<RawRecord> raw, BucketSettings settings) {
    SingleOutputStreamOperator<EngineUpdate> updates = partial(raw, settings);
    SingleOutputStreamOperator<Bucket> buckets = merge(updates, settings);
    DataStream<DeadLetter> deadLetters =
        updates.getSideOutput(DEAD_LETTERS).union(buckets.getSideOutput(DEAD_LETTERS));
    return new BucketStreams(
        buckets,
        buckets.getSideOutput(AMENDMENTS),
        updates.getSideOutput(HEALTH),
        updates.getSideOutput(RISK),
        deadLetters);
  }

  /**
   * The accepted heartbeats alone, by the very checks that {@link #build} makes: roster, identity,
   * time, values. What is rejected is only counted; the job that makes the buckets publishes it.
   */
  public static DataStream<Health> health(DataStream<RawRecord> raw, BucketSettings settings) {
    return check(raw, settings, HEALTH_CHECK_UID, "read, check health").getSideOutput(HEALTH);
  }

  /**
   * What moves portfolio risk alone, by the very checks that {@link #build} makes; as {@link
   * #health}.
   *
   * @param raw topics ticks, fills and health
   */
  public static DataStream<RiskEvent> risk(DataStream<RawRecord> raw, BucketSettings settings) {
    return check(raw, settings, RISK_CHECK_UID, "read, check risk").getSideOutput(RISK);
  }

  private static SingleOutputStreamOperator<EngineUpdate> partial(
      DataStream<RawRecord> raw, BucketSettings settings) {
    return check(raw, settings, PARTIAL_UID, PARTIAL_NAME);
  }

  private static SingleOutputStreamOperator<EngineUpdate> check(
      DataStream<RawRecord> raw, BucketSettings settings, String uid, String name) {
    return raw.transform(
            name,
            TypeInformation.of(EngineUpdate.class),
            new PartialBucketOperator(settings, HEALTH, RISK, DEAD_LETTERS))
        .uid(uid)
        .name(name);
  }

  private static SingleOutputStreamOperator<Bucket> merge(
      DataStream<EngineUpdate> updates, BucketSettings settings) {
    return updates
        .keyBy(EngineUpdate::engineId)
        .process(
            new BucketMergeFunction(settings, AMENDMENTS, DEAD_LETTERS),
            TypeInformation.of(Bucket.class))
        .uid(MERGE_UID)
        .name(MERGE_NAME);
  }
}
