// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.dataset;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.DeadLetter;
import dev.sluice.schemas.Verdict;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Everything to rows. The archive runs in tasks of its own, beside the judging ones: it gets its
 * records in batches and never makes a judge wait for a file.
 */
public final class DatasetTopology {
  static final String ARCHIVE = "dataset-archive-v1";

  /** Records may wait this long before they travel to the archive; it is in no hurry. */
  private static final long BATCH_MS = 100;

  private DatasetTopology() {}

  /** Archives the streams. */
  public static void build(DatasetStreams in, DatasetSinks sinks, ArchiveSettings settings) {
    int parallelism = settings.parallelism();
    SingleOutputStreamOperator<DeadLetter> archive =
        tap(in.events(), "events")
            .union(tap(in.feedback(), "feedback"))
            .partitionCustom(DatasetTopology::writer, DatasetTopology::kafkaPartition)
            .process(
                new ArchiveFunction(settings.maxRecordBytes()),
                TypeInformation.of(DeadLetter.class))
            .name("archive events")
            .uid(ARCHIVE)
            .setParallelism(parallelism);
    Datasets.EVENTS_BY_TOPIC.values().forEach(d -> events(archive, d, sinks, parallelism));
    rows(in.buckets(), Datasets.BUCKETS, sinks, parallelism);
    rows(in.amendments(), Datasets.AMENDMENTS, sinks, parallelism);
    rows(judged(in.verdicts()), Datasets.VERDICTS, sinks, parallelism);
    rows(in.findings(), Datasets.FINDINGS, sinks, parallelism);
    rows(in.drift(), Datasets.DRIFT, sinks, parallelism);
    rows(in.audit(), Datasets.AUDIT, sinks, parallelism);
    rows(in.auditLog(), Datasets.AUDIT_LOG, sinks, parallelism);
    rows(in.trials(), Datasets.TRIALS, sinks, parallelism);
    rows(in.parity(), Datasets.PARITY, sinks, parallelism);
    rows(in.calibrations(), Datasets.CALIBRATION, sinks, parallelism);
    rows(archive.union(readable(in.deadLetters())), Datasets.DEADLETTERS, sinks, parallelism);
  }

  /**
   * One writer for all records of a key: an engine's rows make few files, and lie in them in the
   * order they came in, which is what lets readers skip.
   */
  private static int writer(String key, int writers) {
    return Math.floorMod(key.hashCode(), writers);
  }

  /**
   * All events of an engine and topic are in one partition, which is known before they are read.
   */
  private static String kafkaPartition(RawRecord raw) {
    return raw.topic() + raw.partition();
  }

  private static DataStream<RawRecord> tap(DataStream<RawRecord> raw, String name) {
    return raw.filter(record -> true)
        .name("tap " + name)
        .uid("dataset-tap-" + name + "-v1")
        .setBufferTimeout(BATCH_MS);
  }

  private static DataStream<Verdict> judged(DataStream<Verdict> verdicts) {
    return verdicts
        .filter(verdict -> !verdict.progressMarker())
        .name("without progress markers")
        .uid("dataset-verdicts-judged-v1");
  }

  /**
   * Unreadable bytes of archived topics are filed from the raw stream, once; not again from here.
   */
  private static DataStream<DeadLetter> readable(DataStream<DeadLetter> deadLetters) {
    return deadLetters
        .filter(letter -> !ArchiveFunction.files(letter))
        .name("not filed from the raw stream")
        .uid("dataset-deadletters-judged-v1");
  }

  private static <T extends Record> void events(
      SingleOutputStreamOperator<DeadLetter> archive,
      Dataset<T> dataset,
      DatasetSinks sinks,
      int parallelism) {
    archive
        .getSideOutput(ArchiveFunction.tag(dataset))
        .transform("dataset " + dataset.name(), Types.VOID, sinks.events(dataset))
        .uid("dataset-" + dataset.name() + "-v2")
        .setParallelism(parallelism);
  }

  /** Archives one stream of rows as the dataset, with as many writers. */
  public static <T extends Record> void rows(
      DataStream<T> stream, Dataset<T> dataset, DatasetSinks sinks, int parallelism) {
    stream
        .partitionCustom(DatasetTopology::writer, row -> String.valueOf(dataset.engine().id(row)))
        .transform("dataset " + dataset.name(), Types.VOID, sinks.rows(dataset))
        .uid("dataset-" + dataset.name() + "-v2")
        .setParallelism(parallelism);
  }
}
