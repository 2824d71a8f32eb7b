// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/**
 * What to quote: prices in quote currency, sizes in base units; a size of 0 means no quote on that
 * side.
 */
public record Quotes(double bidPrice, double bidSize, double askPrice, double askSize) {
  public static final Quotes NONE = new Quotes(0.0, 0.0, 0.0, 0.0);
}
