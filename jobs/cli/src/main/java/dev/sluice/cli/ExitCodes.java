// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.engine.config.ConfigException;

/** What an exit code of {@code sluice} means; the same for every command. */
public final class ExitCodes {
  /** Done, and every expectation held. */
  public static final int OK = 0;

  /**
   * It ran, and an expectation failed: a decision missing, late or unexpected, rows lost, no ack.
   */
  public static final int FAILED = 1;

  /** Wrong use: an unknown option, a configuration or a scenario that cannot be read. */
  public static final int USAGE = 2;

  /**
   * Datasets are not complete, or not fit for what was asked: the same number as wrong use, as
   * neither says anything good; standard output tells them apart.
   */
  public static final int NOT_COMPLETE = 2;

  /** A release gate is shut, or a bundle of evidence is not what it was. */
  public static final int NO_GO = 2;

  /** The surroundings: no broker, no disk, a child process that died, a port that is taken. */
  public static final int ENVIRONMENT = 3;

  private ExitCodes() {}

  /** The code for an exception that no command has translated. */
  static int of(Exception exception) {
    boolean wrongUse =
        exception instanceof ConfigException
            || exception instanceof dev.sluice.flink.config.ConfigException
            || exception instanceof IllegalArgumentException;
    return wrongUse ? USAGE : ENVIRONMENT;
  }
}
