// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.ArchivedEvent;
import dev.sluice.flink.DeadLetters;
import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads raw events; each leaves by the side output of its dataset, and what cannot be read or filed
 * leaves as a dead letter.
 */
final class ArchiveFunction extends ProcessFunction<RawRecord, DeadLetter> {
  private static final long serialVersionUID = 1L;

  private final int maxRecordBytes;
  private transient Map<String, Filing<?>> filings;
  private transient Counter unreadable;

  ArchiveFunction(int maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  /** Whether a dead letter is one that the archive itself makes of the raw stream. */
  static boolean files(DeadLetter letter) {
    return Datasets.EVENTS_BY_TOPIC.containsKey(letter.topic())
        && (letter.kind().equals(DeadLetter.MALFORMED)
            || letter.kind().equals(DeadLetter.OVERSIZED));
  }

  /** The output of a dataset. */
  static <T extends Record> OutputTag<ArchivedEvent<T>> tag(Dataset<T> dataset) {
    return new OutputTag<>(dataset.name(), archived(dataset.type()));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> TypeInformation<ArchivedEvent<T>> archived(Class<T> type) {
    Class<ArchivedEvent<T>> archived = (Class<ArchivedEvent<T>>) (Class<?>) ArchivedEvent.class;
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("raw", TypeInformation.of(RawRecord.class));
    fields.put("event", TypeInformation.of(type));
    return Types.POJO(archived, fields);
  }

  @Override
  public void open(OpenContext context) {
    unreadable = getRuntimeContext().getMetricGroup().counter("unreadable");
    filings = new HashMap<>();
    Datasets.EVENTS_BY_TOPIC.forEach((topic, dataset) -> filings.put(topic, new Filing<>(dataset)));
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<DeadLetter> out) {
    Filing<?> filing = filings.get(raw.topic());
    if (filing == null) {
      return;
    }
    if (raw.value().length > maxRecordBytes) {
      unreadable.inc();
      out.collect(DeadLetters.oversized(raw, maxRecordBytes));
      return;
    }
    try {
      filing.file(raw, context);
    } catch (MalformedException e) {
      unreadable.inc();
      out.collect(DeadLetters.malformed(raw, e));
    }
  }

  private static final class Filing<T extends Record> {
    private final Class<T> type;
    private final OutputTag<ArchivedEvent<T>> tag;
    private final MoneyCheck money;

    Filing(Dataset<T> dataset) {
      this.type = dataset.type();
      this.tag = tag(dataset);
      this.money = MoneyCheck.of(dataset.type());
    }

    void file(RawRecord raw, Context context) throws MalformedException {
      T event = Json.read(raw.value(), type);
      money.check(event);
      context.output(tag, new ArchivedEvent<>(raw, event));
    }
  }
}
