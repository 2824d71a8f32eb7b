// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/** When the sums of a block are complete. */
public enum Part {
  /** Everything but markouts: complete when the last bucket of the block has closed. */
  AT_ONCE,
  /** Markouts and what is made of them: complete when the longest markout of the block is known. */
  MARKED
}
