// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

/** Topics as operators are named after them. */
public final class TopicNames {
  private TopicNames() {}

  /** {@code acks} for {@code sluice.acks.v1}. */
  public static String shortName(String topic) {
    return topic.substring(topic.indexOf('.') + 1, topic.lastIndexOf('.'));
  }
}
