// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** How an order may execute. */
public enum OrderType {
  LIMIT,
  POST_ONLY,
  MARKET
}
