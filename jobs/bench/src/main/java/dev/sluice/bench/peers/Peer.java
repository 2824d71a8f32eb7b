// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench.peers;

/** One way to answer the {@link Question}; made once for a process, by its public constructor. */
public interface Peer {
  /**
   * Reads the ticks from their beginning and answers; returns when all answers are there and
   * everything that was started is ended.
   *
   * @throws Exception when it fails, or the answers do not come in time
   */
  void pass(Task task, Answers answers) throws Exception;
}
