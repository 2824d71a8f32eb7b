// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** State of the engine's circuit breaker. */
public enum BreakerState {
  CLOSED,
  OPEN,
  HALF_OPEN
}
