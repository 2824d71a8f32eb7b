// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Mode;

/** The last control record an engine applied; what it must not forget. */
public record AppliedControl(long epoch, String decisionId, Mode mode) {
  /** An engine that was never told anything. */
  public static final AppliedControl NONE = new AppliedControl(0, "", Mode.RUN);
}
