// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Why an order was sent. */
public enum Purpose {
  QUOTE,
  HEDGE,
  EXIT
}
