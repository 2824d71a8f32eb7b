// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.calibration;

import dev.sluice.rules.calibration.CalibrationBook;
import dev.sluice.rules.calibration.CalibrationFault;
import dev.sluice.rules.calibration.CalibrationOutput;
import dev.sluice.rules.calibration.CalibrationSettings;
import dev.sluice.rules.calibration.CalibrationState;
import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Calibration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Shell of {@link CalibrationBook} over keyed state, one engine a key. At the end of a bounded
 * input nothing waits any more. Counts rows, those that were filtered, and what was done without.
 */
final class CalibrationFunction extends KeyedProcessFunction<String, Bucket, Calibration> {
  private static final long serialVersionUID = 1L;

  private final CalibrationSettings settings;
  private transient CalibrationBook book;
  private transient KeyedCalibrationMemory memory;
  private transient Map<CalibrationFault, Counter> faults;
  private transient Counter rows;
  private transient Counter filtered;

  CalibrationFunction(CalibrationSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    book = new CalibrationBook(settings);
    memory = new KeyedCalibrationMemory(getRuntimeContext());
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    rows = metrics.counter("rows");
    filtered = metrics.counter("rows_filtered");
    faults = new EnumMap<>(CalibrationFault.class);
    for (CalibrationFault fault : CalibrationFault.values()) {
      faults.put(fault, metrics.counter(fault.name().toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public void processElement(Bucket bucket, Context context, Collector<Calibration> out) {
    CalibrationState before = memory.state();
    if (before.takenUntilUs == 0) {
      // the same timer again until the first start is taken: Flink keeps one
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    book.add(bucket, memory, output(out));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Calibration> out) {
    book.end(memory, output(out));
  }

  private CalibrationOutput output(Collector<Calibration> out) {
    return new CalibrationOutput() {
      @Override
      public void row(Calibration row) {
        rows.inc();
        filtered.inc(row.filters().isEmpty() ? 0 : 1);
        out.collect(row);
      }

      @Override
      public void count(CalibrationFault fault, long times) {
        faults.get(fault).inc(times);
      }
    };
  }
}
