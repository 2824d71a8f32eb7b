// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.history;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.dataset.Datasets;
import dev.sluice.flink.io.KafkaSources;
import dev.sluice.flink.io.parquet.read.DatasetFile;
import dev.sluice.flink.io.parquet.read.DatasetReader;
import dev.sluice.flink.io.parquet.read.Origin;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Archived events as the Kafka records they were, in the order in which Kafka stored them, with the
 * source's word "read so far" wherever it would have come in production (decision 15): a tenth of a
 * second of append time apart. What a person asks waits until everything before it is judged.
 *
 * <p>Keeps a day in memory, and of the day before what was stored after this one had begun.
 */
final class ReadHistoryOperator extends AbstractStreamOperator<RawRecord>
    implements OneInputStreamOperator<HistoryDay, RawRecord> {
  private static final long serialVersionUID = 1L;

  /** Words before a command, so that what waits for proof of absence is decided. */
  private static final int WORDS_BEFORE_COMMAND = 10;

  private static final long BETWEEN_WORDS_MS = 60;

  private static final Comparator<Stored> AS_STORED =
      Comparator.comparingLong(Stored::storedUs)
          .thenComparing((Stored stored) -> stored.raw.topic())
          .thenComparingInt(stored -> stored.raw.partition())
          .thenComparingLong(stored -> stored.raw.offset());

  /**
   * A record and its place.
   *
   * @param storedUs append time, never before that of a lower offset of its partition
   */
  private record Stored(RawRecord raw, long storedUs) {}

  private final String channelId;
  private transient HistoryChannel channel;
  private transient List<Stored> pending;
  private transient String date;
  private transient long wordMs;
  private transient long events;

  ReadHistoryOperator(String channelId) {
    this.channelId = channelId;
  }

  @Override
  public void open() throws Exception {
    super.open();
    channel = HistoryChannel.named(channelId);
    pending = new ArrayList<>();
    wordMs = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<HistoryDay> element) throws Exception {
    List<Stored> next = inOrder(read(element.getValue()));
    long beginsUs = next.isEmpty() ? Long.MAX_VALUE : next.get(0).storedUs;
    handOn(beginsUs);
    date = element.getValue().date();
    pending.addAll(next);
    pending.sort(AS_STORED);
  }

  @Override
  public void finish() throws Exception {
    handOn(Long.MAX_VALUE);
    super.finish();
  }

  private void handOn(long untilUs) throws InterruptedException {
    Iterator<Stored> stored = pending.iterator();
    List<Stored> later = new ArrayList<>();
    while (stored.hasNext()) {
      Stored one = stored.next();
      if (one.storedUs >= untilUs) {
        later.add(one);
        continue;
      }
      handOn(one);
    }
    if (date != null) {
      channel.read(date, events);
    }
    pending = later;
  }

  private void handOn(Stored one) throws InterruptedException {
    long atMs = one.storedUs / 1_000;
    boolean asked = one.raw.topic().equals(Topics.COMMANDS);
    if (asked) {
      for (int word = 0; word < WORDS_BEFORE_COMMAND; word++) {
        say(Math.max(atMs, wordMs + 1));
        channel.awaitThrough(wordMs);
        Thread.sleep(BETWEEN_WORDS_MS);
      }
    } else if (wordMs == Long.MIN_VALUE || atMs - wordMs >= KafkaSources.READ_THROUGH_MS) {
      say(Math.max(atMs, wordMs + 1));
    }
    output.collect(new StreamRecord<>(one.raw));
    events++;
    if (asked) {
      say(wordMs + 1);
      channel.awaitThrough(wordMs);
    }
  }

  private void say(long ms) {
    wordMs = ms;
    output.emitWatermark(new Watermark(ms));
  }

  private static List<Stored> inOrder(List<RawRecord> records) {
    records.sort(
        Comparator.comparing(RawRecord::topic)
            .thenComparingInt(RawRecord::partition)
            .thenComparingLong(RawRecord::offset));
    Map<String, Long> newestUs = new HashMap<>();
    List<Stored> stored = new ArrayList<>(records.size());
    for (RawRecord raw : records) {
      long storedUs =
          newestUs.merge(raw.topic() + "/" + raw.partition(), raw.ingestTimeUs(), Math::max);
      stored.add(new Stored(raw, storedUs));
    }
    stored.sort(AS_STORED);
    return stored;
  }

  private static List<RawRecord> read(HistoryDay day) throws IOException {
    List<RawRecord> records = new ArrayList<>();
    for (HistoryDay.TopicFile one : day.files()) {
      read(one.topic(), one.file(), Datasets.EVENTS_BY_TOPIC.get(one.topic()).type(), records);
    }
    return records;
  }

  private static <T extends Record> void read(
      String topic, DatasetFile file, Class<T> type, List<RawRecord> into) throws IOException {
    List<Origin> origins = new ArrayList<>();
    new DatasetReader<>(Origin.class, "ingest_time_us", null).readAll(file, origins::add);
    Iterator<Origin> origin = origins.iterator();
    new DatasetReader<>(type, "event_time_us", null)
        .readAll(
            file,
            event -> {
              Origin from = origin.next();
              into.add(
                  new RawRecord(
                      topic,
                      (int) from.partition(),
                      from.offset(),
                      from.ingestTimeUs(),
                      Json.write(event)));
            });
  }
}
