// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.calibration;

import dev.sluice.rules.calibration.CalibrationSettings;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Buckets and amendments to intervals, keyed by engine; live and over archived Parquet the same.
 * Nothing is done per event, and its task is its own: no judge waits for it.
 */
public final class CalibrationTopology {
  /** Identities of the operators' state; a change of meaning is a new version. */
  public static final String UID = "calibration-v1";

  private CalibrationTopology() {}

  /**
   * Builds the topology.
   *
   * @param buckets closed buckets, per engine in order of start, the whole engine's last
   * @param amendments events that came after their bucket was closed; any order between the two
   * @return rows, per engine in the order their intervals end or are amended
   */
  public static DataStream<Calibration> build(
      DataStream<Bucket> buckets, DataStream<Bucket> amendments, CalibrationSettings settings) {
    return buckets
        .union(amendments)
        .keyBy(Bucket::engineId)
        .process(new CalibrationFunction(settings), TypeInformation.of(Calibration.class))
        .uid(UID)
        .name("calibration: intervals and their amendments");
  }
}
