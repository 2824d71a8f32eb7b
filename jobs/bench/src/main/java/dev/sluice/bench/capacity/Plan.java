// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.capacity;

import static dev.sluice.bench.capacity.Constants.Name.ARCHIVED_BYTES_PER_TICK;
import static dev.sluice.bench.capacity.Constants.Name.ARCHIVE_US_PER_TICK;
import static dev.sluice.bench.capacity.Constants.Name.JUDGE_US_PER_TICK;
import static dev.sluice.bench.capacity.Constants.Name.KAFKA_BYTES_PER_TICK;
import static dev.sluice.bench.capacity.Constants.Name.STATE_BYTES_PER_ENGINE;

import dev.sluice.bench.capacity.Constants.Constant;
import dev.sluice.bench.capacity.Constants.Name;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a demand needs. A figure whose constant is not known is null.
 *
 * @param constants known, by name
 * @param ticksPerSecond of all engines
 * @param enginesPerCore that one core judges and archives, at the utilisation asked for
 * @param ticksPerSecondOfOneEngine most of one engine: its ticks are on one partition and go
 *     through one slot
 * @param coresUsed in steady state: ticks/s · (judge + archive µs) / 10⁶
 * @param cores to provide: used / utilisation, rounded up; the jobs' parallelism
 * @param partitions of each topic: twice the parallelism, so that it can be doubled and every slot
 *     reads as many as any other
 * @param taskManagers cores / slots, rounded up
 * @param catchUpPerOutage time to work off what an outage left, over the length of the outage:
 *     utilisation / (1 − utilisation)
 * @param stateBytes engines · state of one; also the size of a checkpoint, as each holds all of it
 * @param checkpointBytesPerS state / interval, into the checkpoint store
 * @param kafkaInBytesPerS ticks/s · bytes: from the engines, and as much out to the jobs, which
 *     read once when they run as one
 * @param kafkaReplicationBytesPerS between the brokers: (replication − 1) times that
 * @param kafkaBytesPerDay on all brokers' disks: replication times that, for a day of retention
 * @param archivedBytesPerDay in the event store
 */
public record Plan(
    Demand demand,
    Map<String, Constant> constants,
    double ticksPerSecond,
    @Nullable Double enginesPerCore,
    @Nullable Double ticksPerSecondOfOneEngine,
    @Nullable Double coresUsed,
    @Nullable Long cores,
    @Nullable Long partitions,
    @Nullable Long taskManagers,
    double catchUpPerOutage,
    @Nullable Double stateBytes,
    @Nullable Double checkpointBytesPerS,
    @Nullable Double kafkaInBytesPerS,
    @Nullable Double kafkaReplicationBytesPerS,
    @Nullable Double kafkaBytesPerDay,
    @Nullable Double archivedBytesPerDay) {
  private static final double US_PER_S = 1e6;
  private static final double S_PER_DAY = 86_400;
  private static final long PARTITIONS_PER_SLOT = 2;

  /** Does the arithmetic. */
  public static Plan of(Demand demand, Constants constants) {
    double ticks = demand.ticksPerSecondOfAll();
    Double judge = value(constants, JUDGE_US_PER_TICK);
    Double archive = value(constants, ARCHIVE_US_PER_TICK);
    Double usPerTick = judge == null || archive == null ? null : judge + archive;
    Double used = times(usPerTick, ticks / US_PER_S);
    Long cores = used == null ? null : (long) Math.ceil(used / demand.utilisation());
    Double perEngine = usPerTick == null ? null : demand.utilisation() * US_PER_S / usPerTick;
    Double state = times(value(constants, STATE_BYTES_PER_ENGINE), demand.engines());
    Double in = times(value(constants, KAFKA_BYTES_PER_TICK), ticks);
    return new Plan(
        demand,
        constants.all(),
        ticks,
        perEngine == null ? null : perEngine / demand.ticksPerSecond(),
        perEngine,
        used,
        cores,
        cores == null ? null : PARTITIONS_PER_SLOT * cores,
        cores == null ? null : -Math.floorDiv(-cores, (long) demand.slotsPerTaskManager()),
        demand.utilisation() / (1 - demand.utilisation()),
        state,
        times(state, 1 / demand.checkpointIntervalS()),
        in,
        times(in, demand.replication() - 1),
        times(in, demand.replication() * S_PER_DAY),
        times(value(constants, ARCHIVED_BYTES_PER_TICK), ticks * S_PER_DAY));
  }

  private static Double value(Constants constants, Name name) {
    Constant constant = constants.get(name);
    return constant == null ? null : (Double) constant.value();
  }

  private static Double times(Double value, double factor) {
    return value == null ? null : (Double) (value * factor);
  }

  /** One JSON object. */
  public String json() {
    return new String(Json.write(this), StandardCharsets.UTF_8);
  }
}
