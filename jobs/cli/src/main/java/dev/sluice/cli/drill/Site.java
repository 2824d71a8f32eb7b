// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

/** Makes the broker and the judge of a run. */
public interface Site extends AutoCloseable {
  /** The broker; it serves. */
  Broker broker();

  /** A judge that has not been started. */
  Judge judge(JudgeSettings settings);

  @Override
  void close();
}
