// SPDX-License-Identifier: Apache-2.0
package dev.sluice.peers.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.window;
import static org.apache.spark.sql.functions.window_time;

import dev.sluice.bench.peers.Answer;
import dev.sluice.bench.peers.Answers;
import dev.sluice.bench.peers.Peer;
import dev.sluice.bench.peers.Question;
import dev.sluice.bench.peers.Task;
import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark Structured Streaming in one thread, append mode, checkpoints after every micro-batch, as it
 * always does.
 *
 * <p>What was tuned: only the fields asked for are read from the JSON, into Spark's own rows (its
 * own reader, so that aggregation is compiled code); one shuffle partition, as there is one core;
 * ten-second tumbling windows first and the long windows of those, as a long sliding window of its
 * own would copy each tick thirty times; percentiles by a typed aggregator of the same bins as
 * everybody's; ten large micro-batches, all there is at once, no pauses between them; no web UI.
 */
public final class SparkPeer implements Peer {
  private static final int BATCHES = 10;
  private static final String LATENESS = Question.LATENESS_MS + " milliseconds";
  private static final String BUCKET = Question.BUCKET_US / 1_000_000 + " seconds";
  private static final String MINUTE = "1 minute";
  private static final String LONGEST =
      Question.MAX_BUCKETS * Question.BUCKET_US / 1_000_000 + " seconds";

  private static final StructType TICK =
      new StructType()
          .add("engine_id", DataTypes.StringType)
          .add("event_time_us", DataTypes.LongType)
          .add("total_ms", DataTypes.DoubleType)
          .add("deadline_ms", DataTypes.DoubleType)
          .add("cache_hit", DataTypes.BooleanType);

  private final SparkSession spark;

  /** Starts Spark in this process. */
  public SparkPeer() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("peer")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  @Override
  public void pass(Task task, Answers answers) throws Exception {
    long batch = (task.events() + BATCHES - 1) / BATCHES;
    VoidFunction2<Dataset<Row>, Long> take =
        (rows, id) ->
            answers.accept(
                answers(rows.collectAsList()), Math.min(task.events(), (id + 1) * batch));
    StreamingQuery query =
        windows(buckets(ticks(task, batch)))
            .writeStream()
            .outputMode("append")
            .option("checkpointLocation", task.directory().resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .foreachBatch(take)
            .start();
    try {
      query.awaitTermination();
    } finally {
      query.stop();
    }
    if (!answers.isComplete()) {
      throw new IllegalStateException(answers.size() + " of " + task.due() + " answers");
    }
  }

  private Dataset<Row> ticks(Task task, long batch) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", task.bootstrap())
        .option("kafka.max.poll.records", 2_000)
        .option("subscribe", Topics.TICKS)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", batch)
        .load()
        .select(from_json(col("value").cast("string"), TICK).as("tick"))
        .select("tick.*")
        .withColumn("at", timestamp_micros(col("event_time_us")));
  }

  private static Dataset<Row> buckets(Dataset<Row> ticks) {
    UserDefinedFunction histogram = udaf(new CountBins(), Encoders.DOUBLE());
    return ticks
        .withWatermark("at", LATENESS)
        .groupBy(window(col("at"), BUCKET), col("engine_id"))
        .agg(
            count(lit(1)).as("ticks"),
            count_if(col("total_ms").gt(col("deadline_ms"))).as("misses"),
            count(col("cache_hit")).as("lookups"),
            count_if(col("cache_hit")).as("hits"),
            histogram.apply(col("total_ms")).as("histogram"))
        .withColumn("at", window_time(col("window")))
        .drop("window");
  }

  private static Dataset<Row> windows(Dataset<Row> buckets) {
    UserDefinedFunction percentile = udaf(new MergeBins(), Encoders.BINARY());
    Column lastMinute = col("at").gt(col("w.end").minus(expr("INTERVAL " + MINUTE)));
    return buckets
        .withColumn("w", window(col("at"), LONGEST, BUCKET))
        .groupBy(col("w"), col("engine_id"))
        .agg(
            sum(when(lastMinute, col("ticks")).otherwise(0)).as("ticks"),
            sum(when(lastMinute, col("misses")).otherwise(0)).as("misses"),
            sum(when(lastMinute, col("lookups")).otherwise(0)).as("lookups"),
            sum(when(lastMinute, col("hits")).otherwise(0)).as("hits"),
            sum(col("ticks")).as("samples"),
            percentile.apply(col("histogram")).as("p95"))
        .select(
            col("engine_id"),
            unix_micros(col("w.end")).as("end_us"),
            col("ticks"),
            col("misses"),
            col("lookups"),
            col("hits"),
            col("samples"),
            col("p95"));
  }

  private static List<Answer> answers(List<Row> rows) {
    List<Answer> answers = new ArrayList<>();
    for (Row row : rows) {
      String engine = row.getString(0);
      long endUs = row.getLong(1);
      long ticks = row.getLong(2);
      long lookups = row.getLong(4);
      answers.add(
          Question.Criterion.DEADLINE_MISS.answer(
              engine, endUs, (double) row.getLong(3) / ticks, ticks));
      answers.add(
          Question.Criterion.CACHE_HIT.answer(
              engine, endUs, (double) row.getLong(5) / lookups, lookups));
      answers.add(
          Question.Criterion.TICK_P95.answer(engine, endUs, row.getDouble(7), row.getLong(6)));
    }
    return answers;
  }
}
