// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.app;

import dev.sluice.flink.RawRecord;
import dev.sluice.flink.command.CommandTopology;
import dev.sluice.flink.config.KafkaSettings;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.flink.io.KafkaSinks;
import dev.sluice.flink.io.KafkaSources;
import dev.sluice.flink.io.Messages;
import dev.sluice.flink.io.RecordKey;
import dev.sluice.flink.io.TopicNames;
import dev.sluice.schemas.Command;
import dev.sluice.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Kafka as one job sees it: named sources and sinks with their uids, after the configuration. */
final class KafkaEdges {
  private final StreamExecutionEnvironment env;
  private final KafkaSources sources;
  private final KafkaSinks sinks;
  private final String signingKeyFile;
  private final long settleMs;

  KafkaEdges(StreamExecutionEnvironment env, SluiceConfig config, String job) {
    KafkaSettings kafka = config.kafka();
    String group = kafka.groupPrefix() + "-" + job;
    this.env = env;
    this.sources =
        new KafkaSources(kafka.bootstrap(), group, plus(kafka.client(), kafka.consumer()));
    this.signingKeyFile = config.gate().signingKeyFile();
    this.settleMs = config.gate().settleMs();
    this.sinks = new KafkaSinks(kafka.bootstrap(), group, plus(kafka.client(), kafka.producer()));
  }

  /** One source of several topics; uid {@code source-<name>-v1}. */
  DataStream<RawRecord> source(String name, String... topics) {
    return env.fromSource(
            sources.raw(name, List.of(topics)), WatermarkStrategy.noWatermarks(), "source " + name)
        .uid("source-" + name + "-v1");
  }

  /**
   * Changed criteria, from the beginning of their topic whatever the group has read: a start
   * without a checkpoint must know them all. One reader, one order; uid {@code source-criteria-v1}.
   */
  DataStream<RawRecord> criteria() {
    String name = TopicNames.shortName(Topics.CRITERIA);
    return env.fromSource(
            sources.rawFromBeginning(name, List.of(Topics.CRITERIA)),
            WatermarkStrategy.noWatermarks(),
            "source " + name)
        .setParallelism(1)
        .uid("source-" + name + "-v1");
  }

  /** One source of one topic, read. */
  <T extends Record> Messages<T> messages(String topic, Class<T> type) {
    return Messages.read(source(TopicNames.shortName(topic), topic), topic, type);
  }

  /** What people ask, as the judges may hear it. */
  Messages<Command> commands() {
    Messages<Command> read = messages(Topics.COMMANDS, Command.class);
    return new Messages<>(CommandTopology.build(read.records(), settleMs), read.deadLetters());
  }

  /** A sink of one topic; uid {@code sink-<name>-v1}. */
  <T extends Record> void sink(DataStream<T> messages, String topic, RecordKey<T> key) {
    sink(messages, topic, sinks.json(topic, key));
  }

  /** The same of what an engine obeys: signed where {@code gate.signing_key_file} is set. */
  <T extends Record> void signedSink(DataStream<T> messages, String topic, RecordKey<T> key) {
    sink(messages, topic, sinks.signed(topic, key, signingKeyFile));
  }

  private static <T extends Record> void sink(
      DataStream<T> messages, String topic, KafkaSink<T> to) {
    String name = TopicNames.shortName(topic);
    messages.sinkTo(to).name("sink " + name).uid("sink-" + name + "-v1");
  }

  private static Map<String, String> plus(Map<String, String> all, Map<String, String> some) {
    Map<String, String> both = new HashMap<>(all);
    both.putAll(some);
    return both;
  }
}
