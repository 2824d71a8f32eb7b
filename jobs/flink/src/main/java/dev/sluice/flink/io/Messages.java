// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import dev.sluice.flink.RawRecord;
import dev.sluice.schemas.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The messages of one topic, read.
 *
 * @param records those that could be read
 * @param deadLetters those that could not
 */
public record Messages<T extends Record>(
    DataStream<T> records, DataStream<DeadLetter> deadLetters) {

  /**
   * Reads the records of {@code topic} out of a stream of several topics; uid {@code
   * read-topic-v1}.
   */
  public static <T extends Record> Messages<T> read(
      DataStream<RawRecord> raw, String topic, Class<T> type) {
    String name = TopicNames.shortName(topic);
    SingleOutputStreamOperator<T> records =
        raw.process(new ReadMessage<>(topic, type), TypeInformation.of(type))
            .name("read " + name)
            .uid("read-" + name + "-v1");
    return new Messages<>(records, records.getSideOutput(ReadMessage.UNREADABLE));
  }
}
