// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

/**
 * One job beside a plain consumer of the same topics.
 *
 * @param job which
 * @param of what is counted
 * @param events in the topics
 * @param ratioPerCore job over plain consumer, events per core-second
 * @param engines judged
 * @param stateBytesPerEngine bytes of a canonical savepoint of the job, taken when 95 % of the
 *     events were through, by engine
 */
public record JobLine(
    String job,
    String of,
    long events,
    Rate plain,
    Rate flink,
    double ratioPerCore,
    int engines,
    double stateBytesPerEngine) {

  static JobLine of(String job, String of, long events, Rate plain, Measured flink, int engines) {
    return new JobLine(
        job,
        of,
        events,
        plain,
        flink.rate(),
        flink.rate().eventsPerCoreS() / plain.eventsPerCoreS(),
        engines,
        (double) flink.stateBytes() / engines);
  }

  /** A rate, and the size of the state that was there with it. */
  record Measured(Rate rate, long stateBytes) {}
}
