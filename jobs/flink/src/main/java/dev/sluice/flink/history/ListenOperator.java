// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.history;

import dev.sluice.schemas.Verdict;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands on what the judges say, and the source's words once all judges are through. */
final class ListenOperator extends AbstractStreamOperator<Verdict>
    implements OneInputStreamOperator<Verdict, Verdict> {
  private static final long serialVersionUID = 1L;

  private final String channelId;
  private transient HistoryChannel channel;

  ListenOperator(String channelId) {
    this.channelId = channelId;
  }

  @Override
  public void open() throws Exception {
    super.open();
    channel = HistoryChannel.named(channelId);
  }

  @Override
  public void processElement(StreamRecord<Verdict> element) {
    channel.heard(element.getValue());
  }

  @Override
  public void processWatermark(Watermark word) throws Exception {
    super.processWatermark(word);
    channel.throughTo(word.getTimestamp());
  }
}
