// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/** Stages of one pass, in their order. */
public enum Stage {
  FETCH_MD,
  SPREAD,
  GUARDS,
  INVENTORY,
  QUEUE_AWARE,
  EMIT
}
