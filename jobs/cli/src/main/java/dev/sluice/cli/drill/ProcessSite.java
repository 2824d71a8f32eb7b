// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import java.nio.file.Path;

/** Broker and judge as two processes: {@code sluice broker} and {@code sluice jobs}. */
public final class ProcessSite implements Site {
  private final BrokerProcess broker;
  private final Path config;

  /**
   * Starts the broker.
   *
   * @param directory for its data and its words
   * @param config configuration of the jobs
   */
  public ProcessSite(Path directory, Path config) {
    this.config = config;
    broker = new BrokerProcess(directory.resolve("broker"));
    broker.start();
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public Judge judge(JudgeSettings settings) {
    return new JobsProcess(settings, config);
  }

  @Override
  public void close() {
    broker.close();
  }
}
