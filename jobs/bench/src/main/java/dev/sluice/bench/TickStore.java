// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.RawRecord;
import dev.sluice.flink.app.JobEnvironment;
import dev.sluice.flink.app.ParquetDatasets;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.schemas.Tick;
import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** Ticks into the event store as DatasetJob puts them there: its operator, in a local Flink. */
final class TickStore {
  private static final byte[] NO_BYTES = {};

  /** Rows for {@link #write}, which a source in the same process takes by name. */
  private static final Map<String, List<ArchivedEvent<Tick>>> ROWS = new ConcurrentHashMap<>();

  /** Ticks generated so far by {@link #generate}. */
  static final AtomicLong GENERATED = new AtomicLong();

  private final SluiceConfig config;

  TickStore(SluiceConfig config) {
    this.config = config;
  }

  /** The first ticks of one engine as rows. */
  static List<ArchivedEvent<Tick>> rows(long count) {
    List<ArchivedEvent<Tick>> rows = new ArrayList<>();
    EngineTicks.play(0, count, tick -> rows.add(row(tick, 0)));
    return rows;
  }

  /** Writes rows that are there already; returns when their files are finished. */
  void write(List<ArchivedEvent<Tick>> rows) throws Exception {
    String name = config.datasets().dir();
    ROWS.put(name, rows);
    try {
      StreamExecutionEnvironment env = environment(1);
      store(
          env.fromSequence(0, 0)
              .uid("bench-rows-source")
              .flatMap(
                  (Long zero, Collector<ArchivedEvent<Tick>> out) ->
                      ROWS.get(name).forEach(out::collect))
              .returns(type())
              .uid("bench-rows"));
      env.execute("bench write");
    } finally {
      ROWS.remove(name);
    }
  }

  /** Lets engines trade at full speed, side by side, and writes what they say. */
  void generate(int engines, long ticksOfEach, int parallelism) throws Exception {
    GENERATED.set(0);
    StreamExecutionEnvironment env = environment(parallelism);
    store(
        env.fromSequence(0, engines - 1L)
            .uid("bench-engines-source")
            .flatMap(
                (Long engine, Collector<ArchivedEvent<Tick>> out) ->
                    EngineTicks.play(
                        engine,
                        ticksOfEach,
                        tick -> {
                          out.collect(row(tick, engine.intValue()));
                          GENERATED.incrementAndGet();
                        }))
            .returns(type())
            .uid("bench-engines"));
    env.execute("bench generate");
  }

  private StreamExecutionEnvironment environment(int parallelism) {
    var options = JobEnvironment.configuration(config);
    options.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, options);
    env.setParallelism(parallelism);
    return env;
  }

  private void store(DataStream<ArchivedEvent<Tick>> rows) {
    rows.transform("store", Types.VOID, ParquetDatasets.in(config).<Tick>events(Datasets.TICKS))
        .uid("bench-store");
  }

  private static ArchivedEvent<Tick> row(Tick tick, int partition) {
    return new ArchivedEvent<>(
        new RawRecord(Topics.TICKS, partition, tick.seq() - 1, tick.eventTimeUs(), NO_BYTES), tick);
  }

  @SuppressWarnings("unchecked")
  private static TypeInformation<ArchivedEvent<Tick>> type() {
    Class<ArchivedEvent<Tick>> archived =
        (Class<ArchivedEvent<Tick>>) (Class<?>) ArchivedEvent.class;
    return Types.POJO(
        archived,
        Map.of(
            "raw", TypeInformation.of(RawRecord.class), "event", TypeInformation.of(Tick.class)));
  }
}
