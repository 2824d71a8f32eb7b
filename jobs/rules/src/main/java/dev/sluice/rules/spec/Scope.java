// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.spec;

/**
 * What one criterion is judged on separately: the whole engine, each symbol, each arm of a trial,
 * or all engines together.
 */
public enum Scope {
  ENGINE,
  SYMBOL,
  ARM,
  PORTFOLIO
}
