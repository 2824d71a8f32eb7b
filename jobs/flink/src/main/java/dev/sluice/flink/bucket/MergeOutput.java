// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.bucket;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.DeadLetter;

/** Where {@link EngineMerger} puts what it makes. */
interface MergeOutput {
  void bucket(Bucket bucket);

  /**
   * Events that came after their bucket was closed.
   *
   * @param amendment see {@link Bucket#amendedAtUs()}
   */
  void amendment(Bucket amendment);

  void deadLetter(DeadLetter letter);

  void count(InputFault fault, long times);
}
