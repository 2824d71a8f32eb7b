// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.capacity.Constants.Name;
import dev.sluice.schemas.codec.Json;
import org.junit.jupiter.api.Test;

/** The arithmetic, by numbers that can be done in the head. */
class PlanTest {
  private static final Demand DEMAND = new Demand(1_000, 1_000, 0.5, 4, 3, 10);

  @Test
  void aThousandEnginesAtAThousandTicks() {
    Plan plan =
        Plan.of(
            DEMAND,
            new Constants()
                .with(Name.JUDGE_US_PER_TICK, 4, "test")
                .with(Name.ARCHIVE_US_PER_TICK, 6, "test")
                .with(Name.KAFKA_BYTES_PER_TICK, 500, "test")
                .with(Name.ARCHIVED_BYTES_PER_TICK, 20, "test")
                .with(Name.STATE_BYTES_PER_ENGINE, 1e6, "test"));

    assertThat(plan.ticksPerSecond()).isEqualTo(1e6);
    assertThat(plan.coresUsed()).isEqualTo(10.0, within(1e-9));
    assertThat(plan.cores()).isEqualTo(20);
    assertThat(plan.partitions()).isEqualTo(40);
    assertThat(plan.taskManagers()).isEqualTo(5);
    assertThat(plan.enginesPerCore()).isEqualTo(50.0, within(1e-9));
    assertThat(plan.ticksPerSecondOfOneEngine()).isEqualTo(50_000.0, within(1e-6));
    assertThat(plan.catchUpPerOutage()).isEqualTo(1.0);
    assertThat(plan.stateBytes()).isEqualTo(1e9);
    assertThat(plan.checkpointBytesPerS()).isEqualTo(1e8);
    assertThat(plan.kafkaInBytesPerS()).isEqualTo(5e8);
    assertThat(plan.kafkaReplicationBytesPerS()).isEqualTo(1e9);
    assertThat(plan.kafkaBytesPerDay()).isEqualTo(3 * 5e8 * 86_400);
    assertThat(plan.archivedBytesPerDay()).isEqualTo(2e7 * 86_400);
  }

  @Test
  void whatRestsOnAnUnknownConstantIsNotTold() {
    Plan plan = Plan.of(DEMAND, new Constants().with(Name.JUDGE_US_PER_TICK, 4, "test"));

    assertThat(plan.cores()).isNull();
    assertThat(plan.taskManagers()).isNull();
    assertThat(plan.stateBytes()).isNull();
    assertThat(plan.kafkaBytesPerDay()).isNull();
    assertThat(plan.catchUpPerOutage()).isEqualTo(1.0);
  }

  @Test
  void reportsReplaceWhatTheyTell() throws Exception {
    Constants constants =
        Constants.documented()
            .from(
                json(
                    """
                    {"jobs": {"events_per_core_s": 250000},
                     "lines": [{"job": "other", "state_bytes_per_engine": 1},
                               {"job": "buckets and criteria", "state_bytes_per_engine": 70000}]}
                    """),
                "a.json")
            .from(json("{\"kafka_bytes_per_tick\": 480.5}"), "b.json");

    assertThat(constants.get(Name.JUDGE_US_PER_TICK).value()).isEqualTo(4.0);
    assertThat(constants.get(Name.STATE_BYTES_PER_ENGINE).value()).isEqualTo(70_000);
    assertThat(constants.get(Name.STATE_BYTES_PER_ENGINE).provenance()).contains("a.json");
    assertThat(constants.get(Name.KAFKA_BYTES_PER_TICK).value()).isEqualTo(480.5);
    assertThatThrownBy(() -> Constants.documented().from(json("{}"), "c.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("c.json is no report.json");
  }

  @Test
  void aDemandThatCannotBeMetIsRefused() {
    assertThatThrownBy(() -> new Demand(1, 1, 1, 4, 3, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("utilisation 1.0");
    assertThatThrownBy(() -> new Demand(0, 1, 0.5, 4, 3, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode json(String text) throws Exception {
    return Json.mapper().readTree(text);
  }
}
