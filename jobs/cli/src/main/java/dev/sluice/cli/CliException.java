// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

/**
 * An error told to a person in one line: what failed, where, and how to mend it. The exit code
 * comes from {@link ExitCodes}.
 */
public final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** An expectation that failed. */
  public static CliException failed(String what, String where, String mend) {
    return new CliException(ExitCodes.FAILED, line(what, where, mend), null);
  }

  /** Wrong use or configuration. */
  public static CliException usage(String what, String where, String mend) {
    return new CliException(ExitCodes.USAGE, line(what, where, mend), null);
  }

  /** Surroundings that failed. */
  public static CliException environment(String what, String where, String mend, Throwable cause) {
    return new CliException(ExitCodes.ENVIRONMENT, line(what, where, mend), cause);
  }

  /** One of {@link ExitCodes}. */
  public int exitCode() {
    return exitCode;
  }

  private static String line(String what, String where, String mend) {
    return (what + " (" + where + "): " + mend).replaceAll("\\s*\\R\\s*", " ");
  }
}
