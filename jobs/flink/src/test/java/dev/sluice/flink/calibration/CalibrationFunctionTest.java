// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rules.calibration.CalibrationInterval;
import dev.sluice.rules.calibration.CalibrationSettings;
import dev.sluice.rules.calibration.CalibrationStart;
import dev.sluice.rules.calibration.CalibrationState;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CalibrationFunctionTest {
  private static final int STARTS = 95;

  @Test
  void saysTheSameWhenRestoredBetweenAnyTwoInputs() throws Exception {
    List<Bucket> inputs = inputs("mm-1", 1);
    List<String> expected = withoutRestarts(inputs);
    assertThat(expected).anyMatch(row -> row.contains("\"version\":2"));

    List<String> said = new ArrayList<>();
    OperatorSubtaskState snapshot = null;
    for (Bucket input : inputs) {
      try (var harness = harness()) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        harness.processElement(new StreamRecord<>(input));
        said.addAll(rows(harness.extractOutputValues()));
        snapshot = harness.snapshot(1, 1);
      }
    }
    assertThat(said).isEqualTo(expected);
  }

  @Test
  void enginesDoNotDisturbEachOther() throws Exception {
    List<Bucket> one = inputs("mm-1", 1);
    List<Bucket> other = inputs("mm-2", 2);
    List<Bucket> mixed = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      mixed.addAll(one.subList(Math.min(i, one.size()), Math.min(i + 1, one.size())));
      mixed.addAll(other.subList(Math.min(i, other.size()), Math.min(i + 1, other.size())));
    }
    assertThat(withoutRestarts(mixed).stream().filter(row -> row.contains("\"mm-1\"")).toList())
        .isEqualTo(withoutRestarts(one));
  }

  @Test
  void atTheEndNothingWaitsForAmendmentsAnyMore() throws Exception {
    LateBuckets late = new LateBuckets("mm-1", 1, STARTS, 60);
    try (var harness = harness()) {
      harness.open();
      for (Bucket bucket : late.buckets) {
        harness.processElement(new StreamRecord<>(bucket));
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues())
          .extracting(Calibration::startUs)
          .contains(LateBuckets.START_US, LateBuckets.START_US + 600_000_000L);
    }
  }

  @Test
  void stateHasItsOwnSerializers() {
    SerializerConfigImpl strict = new SerializerConfigImpl();
    strict.setGenericTypes(false);
    for (Class<?> type :
        List.of(CalibrationState.class, CalibrationStart.class, CalibrationInterval.class)) {
      assertThat(TypeInformation.of(type).createSerializer(strict)).as("%s", type).isNotNull();
    }
  }

  private static List<Bucket> inputs(String engineId, long seed) {
    LateBuckets late = new LateBuckets(engineId, seed, STARTS, 60);
    List<Bucket> inputs = new ArrayList<>(late.amendments);
    inputs.addAll(0, late.buckets.subList(0, 40));
    inputs.addAll(late.buckets.subList(40, late.buckets.size()));
    return inputs;
  }

  private static List<String> rows(List<Calibration> rows) {
    return rows.stream().map(row -> new String(Json.write(row), StandardCharsets.UTF_8)).toList();
  }

  private static List<String> withoutRestarts(List<Bucket> inputs) throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (Bucket input : inputs) {
        harness.processElement(new StreamRecord<>(input));
      }
      return rows(harness.extractOutputValues());
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Bucket, Calibration> harness()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, Bucket, Calibration>(
            new KeyedProcessOperator<>(new CalibrationFunction(CalibrationSettings.defaults())),
            Bucket::engineId,
            Types.STRING);
    harness
        .getExecutionConfig()
        .configure(
            Configuration.fromMap(Map.of("pipeline.generic-types", "false")),
            CalibrationFunctionTest.class.getClassLoader());
    return harness;
  }
}
