// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

/**
 * A criteria file that cannot be used; the message names file, line, key and what to write instead.
 */
public final class CriteriaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public CriteriaException(String message) {
    super(message);
  }
}
