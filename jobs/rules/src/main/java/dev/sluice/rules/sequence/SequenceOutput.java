// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

/** Where the sequencing puts what it has decided. */
public interface SequenceOutput {
  /** A message in its turn, or a word of time. */
  void event(EngineEvent event);

  /** A message refused: its time cannot be. */
  void quarantined(EngineEvent message, String reason);

  void count(SequenceCount what, long times);
}
