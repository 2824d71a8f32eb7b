// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.flink.RawRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a reader may say that it has read everything. */
class ReadThroughReaderTest {
  private static final TopicPartition TICKS = new TopicPartition("ticks", 0);
  private static final TopicPartition FILLS = new TopicPartition("fills", 0);

  private final Kafka kafka = new Kafka();
  private final Broker broker = new Broker();
  private final Said said = new Said();
  private long nowNanos;
  private final ReadThroughReader reader = new ReadThroughReader(kafka, broker, () -> nowNanos);

  @BeforeEach
  void assign() {
    reader.addSplits(List.of(split(TICKS, 5), split(FILLS, KafkaPartitionSplit.COMMITTED_OFFSET)));
    reader.start();
  }

  @Test
  void onlyWhenEveryPartitionWasHandedOnToItsEnd() throws Exception {
    broker.answer(Map.of(TICKS, 7L, FILLS, 2L), 1_000);
    store(TICKS, 5);
    store(TICKS, 6);
    store(FILLS, 0);
    poll();
    assertThat(said.watermarks).as("a fill is not fetched yet").isEmpty();

    store(FILLS, 1);
    broker.period();
    poll();
    assertThat(said.watermarks).containsExactly(1_000L);
    assertThat(said.records).hasSize(4);
  }

  @Test
  void notBeforeTheBrokerHasAnswered() throws Exception {
    store(TICKS, 5);
    poll();
    assertThat(said.watermarks).isEmpty();
    assertThat(reader.isAvailable()).isNotDone();

    broker.answer(Map.of(TICKS, 6L, FILLS, 0L), 2_000);
    assertThat(reader.isAvailable()).as("the answer wakes an idle reader").isDone();
    poll();
    assertThat(said.watermarks).containsExactly(2_000L);
  }

  @Test
  void itAsksAgainAndNeverGoesBack() throws Exception {
    broker.answer(Map.of(TICKS, 5L, FILLS, 0L), 2_000);
    poll();
    broker.answer(Map.of(TICKS, 5L, FILLS, 0L), 1_500);
    poll();
    assertThat(said.watermarks).containsExactly(2_000L, 2_001L);
  }

  @Test
  void ofAPartitionThatJoinsNothingIsKnown() throws Exception {
    TopicPartition more = new TopicPartition("ticks", 1);
    reader.addSplits(List.of(split(more, 0)));
    broker.answerFirst(Map.of(TICKS, 5L, FILLS, 0L), 1_000);
    poll();
    assertThat(said.watermarks).as("the question was asked without it").isEmpty();

    broker.answer(Map.of(TICKS, 5L, FILLS, 0L, more, 1L), 2_000);
    poll();
    assertThat(said.watermarks).isEmpty();
    store(more, 0);
    broker.period();
    poll();
    assertThat(said.watermarks).containsExactly(2_000L);
  }

  @Test
  void anEndThatIsNoRecordIsWaitedForInVainOnlyOnce() throws Exception {
    broker.answer(Map.of(TICKS, 6L, FILLS, 0L), 1_000);
    poll();
    nowNanos += TimeUnit.MILLISECONDS.toNanos(ReadThroughReader.PATIENCE_MS) - 1;
    broker.period();
    poll();
    assertThat(said.watermarks).isEmpty();
    nowNanos++;
    broker.period();
    poll();
    assertThat(said.watermarks).containsExactly(1_000L);

    broker.answer(Map.of(TICKS, 6L, FILLS, 0L), 2_000);
    poll();
    assertThat(said.watermarks).containsExactly(1_000L, 2_000L);
  }

  @Test
  void aBusyReaderSaysSoToo() throws Exception {
    broker.answer(Map.of(TICKS, 6L, FILLS, 0L), 1_000);
    for (int offset = 5; offset < 3_000; offset++) {
      store(TICKS, offset);
    }
    for (int i = 0; i < 2_000; i++) {
      assertThat(reader.pollNext(said)).isEqualTo(InputStatus.MORE_AVAILABLE);
    }
    assertThat(said.watermarks).containsExactly(1_000L);
  }

  private static KafkaPartitionSplit split(TopicPartition partition, long from) {
    return new KafkaPartitionSplit(partition, from);
  }

  private void store(TopicPartition partition, long offset) {
    kafka.fetched.add(
        new RawRecord(partition.topic(), partition.partition(), offset, 0, new byte[0]));
  }

  private void poll() throws Exception {
    InputStatus status = InputStatus.MORE_AVAILABLE;
    while (status == InputStatus.MORE_AVAILABLE) {
      status = reader.pollNext(said);
    }
  }

  private static final class Broker implements Ends {
    private final List<CompletableFuture<Answer>> questions = new ArrayList<>();
    private CompletableFuture<Void> period = new CompletableFuture<>();

    @Override
    public CompletableFuture<Answer> ask(List<TopicPartition> partitions, long delayMs) {
      questions.add(new CompletableFuture<>());
      return questions.get(questions.size() - 1);
    }

    void answer(Map<TopicPartition, Long> ends, long askedAtMs) {
      questions.get(questions.size() - 1).complete(new Answer(ends, askedAtMs));
    }

    void answerFirst(Map<TopicPartition, Long> ends, long askedAtMs) {
      questions.get(0).complete(new Answer(ends, askedAtMs));
    }

    void period() {
      period.complete(null);
    }

    @Override
    public CompletableFuture<Void> after(long delayMs) {
      period = new CompletableFuture<>();
      return period;
    }

    @Override
    public void close() {}
  }

  /** Hands on what was fetched, by partition. */
  private static final class Kafka implements SourceReader<RawRecord, KafkaPartitionSplit> {
    private final Deque<RawRecord> fetched = new ArrayDeque<>();
    private final CompletableFuture<Void> records = new CompletableFuture<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
      RawRecord next = fetched.poll();
      if (next == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      String split = next.topic() + "-" + next.partition();
      output.createOutputForSplit(split).collect(next, 0);
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return records;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class Said implements ReaderOutput<RawRecord> {
    private final List<RawRecord> records = new ArrayList<>();
    private final List<Long> watermarks = new ArrayList<>();

    @Override
    public void collect(RawRecord value) {
      records.add(value);
    }

    @Override
    public void collect(RawRecord value, long timestamp) {
      records.add(value);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
