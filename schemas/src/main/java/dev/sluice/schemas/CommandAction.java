// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** What a person asks for. */
public enum CommandAction {
  HALT,
  PAUSE,
  REDUCE_ONLY,
  FLATTEN,
  RESUME,
  START_TRIAL,
  PROMOTE,
  ROLLBACK,
  OVERRIDE,
  ACKNOWLEDGE,
  SET_FLAGS
}
