// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.trial;

/** How a finding stands in the way of the next stage; the worst comes first in the sentence. */
enum Hold {
  /** The measurement itself is wrong. */
  BROKEN,
  /** B is surely worse, or something else speaks against it. */
  WORSE,
  /** It cannot be told yet. */
  UNKNOWN,
  /** It could be told, and is not shown. */
  NOT_SHOWN,
  /** It does not. */
  NONE
}
