// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

/**
 * What had to follow a fault has not followed in time; the message says what, and how things stood.
 */
public final class DrillFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One sentence. */
  public DrillFailure(String what) {
    super(what);
  }
}
