// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import dev.sluice.schemas.Topics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A batch: the records are fetched into a file of newline-delimited JSON, as they are, and one
 * query reads it, with its schema declared and only the fields asked for. One thread, as everybody;
 * fetching counts. What it answers it answers at the end, for all times at once: the least that the
 * question costs somebody who can wait.
 */
public final class DuckDbPeer implements Peer {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * The percentile is taken of HdrHistogram's bins of 256 sub-buckets (a value stands for the
   * largest of its bin), so that it is the same number as everybody's.
   */
  private static final String QUERY =
      """
      WITH ticks AS (
        SELECT engine_id, event_time_us - event_time_us % 10000000 AS start_us,
               total_ms > deadline_ms AS missed, cache_hit,
               least(600000000, greatest(0, floor(total_ms * 1000 + 0.5)))::BIGINT AS us
        FROM read_json('$file', format = 'newline_delimited', columns = {
          engine_id: 'VARCHAR', event_time_us: 'BIGINT', total_ms: 'DOUBLE',
          deadline_ms: 'DOUBLE', cache_hit: 'BOOLEAN'})),
      shifted AS (
        SELECT *, greatest(0, floor(log2(greatest(us, 1)))::INTEGER - 7) AS shift FROM ticks),
      bins AS MATERIALIZED (
        SELECT engine_id, start_us, (((us >> shift) + 1) << shift) - 1 AS bin_us,
               count(*) AS n, count_if(missed) AS missed, count(cache_hit) AS looked,
               count_if(cache_hit) AS hit
        FROM shifted GROUP BY ALL),
      buckets AS MATERIALIZED (
        SELECT engine_id, start_us, sum(n) AS n, sum(missed) AS missed, sum(looked) AS looked,
               sum(hit) AS hit
        FROM bins GROUP BY ALL),
      minutes AS (
        SELECT engine_id, start_us + 10000000 AS end_us, sum(n) OVER m AS n,
               sum(missed) OVER m AS missed, sum(looked) OVER m AS looked, sum(hit) OVER m AS hit
        FROM buckets
        WINDOW m AS (PARTITION BY engine_id ORDER BY start_us
                     RANGE BETWEEN 50000000 PRECEDING AND CURRENT ROW)),
      window_bins AS (
        SELECT b.engine_id, w.start_us + 10000000 AS end_us, b.bin_us, sum(b.n) AS n
        FROM bins b JOIN range(-290000000, 1, 10000000) back(us) ON true
        JOIN buckets w ON w.engine_id = b.engine_id AND w.start_us = b.start_us - back.us
        GROUP BY ALL),
      ranked AS (
        SELECT engine_id, end_us, bin_us, sum(n) OVER (PARTITION BY engine_id, end_us) AS n,
               sum(n) OVER (PARTITION BY engine_id, end_us ORDER BY bin_us) AS below
        FROM window_bins),
      percentiles AS (
        SELECT engine_id, end_us, any_value(n) AS n, min(bin_us) / 1000.0::DOUBLE AS p95_ms
        FROM ranked WHERE below * 100 >= 95 * n GROUP BY ALL)
      SELECT engine_id, end_us, m.n::BIGINT, m.missed::BIGINT, m.looked::BIGINT, m.hit::BIGINT,
             p.n::BIGINT, p.p95_ms
      FROM minutes m JOIN percentiles p USING (engine_id, end_us)
      """;

  @Override
  public void pass(Task task, Answers answers) throws Exception {
    answers.fromTheBeginning();
    Path file = task.directory().resolve("ticks.ndjson");
    try {
      fetch(task, file);
      answers.accept(ask(task, file), task.events());
    } finally {
      Files.deleteIfExists(file);
    }
    if (!answers.isComplete()) {
      throw new IllegalStateException(answers.size() + " of " + task.due() + " answers");
    }
  }

  private static void fetch(Task task, Path file) throws IOException {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", task.bootstrap(), "max.poll.records", 2_000);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        var consumer =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(Topics.TICKS, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long done = 0;
      while (done < task.events()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          out.write(record.value());
          out.write('\n');
          done++;
        }
      }
    }
  }

  private static List<Answer> ask(Task task, Path file) throws SQLException {
    List<Answer> answers = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '2GB'");
      statement.execute("SET temp_directory = '" + quoted(task.directory()) + "'");
      try (ResultSet rows = statement.executeQuery(QUERY.replace("$file", quoted(file)))) {
        while (rows.next()) {
          String engine = rows.getString(1);
          long endUs = rows.getLong(2);
          long ticks = rows.getLong(3);
          long lookups = rows.getLong(5);
          answers.add(
              Question.Criterion.DEADLINE_MISS.answer(
                  engine, endUs, (double) rows.getLong(4) / ticks, ticks));
          answers.add(
              Question.Criterion.CACHE_HIT.answer(
                  engine, endUs, (double) rows.getLong(6) / lookups, lookups));
          answers.add(
              Question.Criterion.TICK_P95.answer(
                  engine, endUs, rows.getDouble(8), rows.getLong(7)));
        }
      }
    }
    return answers;
  }

  private static String quoted(Path path) {
    return path.toAbsolutePath().toString().replace("'", "''");
  }
}
