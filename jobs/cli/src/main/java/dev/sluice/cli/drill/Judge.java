// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import java.util.List;

/**
 * The judge of a run as one thing: all jobs, on whatever Flink. One thread, but {@link #running}
 * and {@link #restarts} may be asked from any.
 */
public interface Judge extends AutoCloseable {
  /** Starts afresh; returns when it has been handed to Flink, which is before it judges. */
  void start();

  /** Starts from the newest checkpoint. */
  void resume();

  /** Ends all of it at once and without a word, as a crash would. */
  void kill();

  /** Whether it runs. */
  boolean running();

  /**
   * How often the jobs have been restarted by Flink itself, over all lives of the judge, as far as
   * it was asked before each {@link #kill}.
   */
  int restarts();

  /** What failed, the newest first, for people. */
  List<String> failures();

  /** Ends in order: with a savepoint, and with files of all that is complete. */
  void stop();

  /** The last words of its processes, for the message of a failed drill. */
  String lastWords();

  @Override
  void close();
}
