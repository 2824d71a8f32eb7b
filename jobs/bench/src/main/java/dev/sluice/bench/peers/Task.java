// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

import java.nio.file.Path;

/**
 * Where the ticks are and how many.
 *
 * @param bootstrap a broker
 * @param events ticks in partition 0 of their topic, the only one
 * @param firstUs start of the first bucket, epoch microseconds of event time
 * @param buckets whole buckets in the topic
 * @param engines that publish, all at one rate
 * @param config the jobs' configuration file
 * @param directory for what one pass writes; empty
 */
public record Task(
    String bootstrap,
    long events,
    long firstUs,
    long buckets,
    int engines,
    Path config,
    Path directory) {

  /**
   * End of the newest bucket that can be told closed: every one but the last, as nothing comes
   * after that.
   */
  public long dueUntilUs() {
    return firstUs + (buckets - 1) * Question.BUCKET_US;
  }

  /** Answers that are due. */
  public long due() {
    return (buckets - 1) * engines * Question.Criterion.values().length;
  }

  /** Ticks before an event time. */
  public long eventsBefore(long untilUs) {
    return events * (untilUs - firstUs) / (buckets * Question.BUCKET_US);
  }

  /** The same, writing elsewhere. */
  public Task in(Path other) {
    return new Task(bootstrap, events, firstUs, buckets, engines, config, other);
  }
}
