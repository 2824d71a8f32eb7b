// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import dev.sluice.rules.bucket.JumpCheck;

/** State of one {@link Speaker}; public fields because it is checkpointed as it is. */
public final class SpeakerState {
  /** By stream and run, oldest first. */
  public StreamCursor[] cursors = new StreamCursor[0];

  /** Words waiting to be true, by their time. */
  public Word[] words = new Word[0];

  /** Runs in the order of their first words. */
  public String[] runs = new String[0];

  /** Per stream, by index. */
  public JumpCheck[] jumps = newJumps();

  /** Everything before this time has been sent as far as anybody can know; holes may be left. */
  public long clockUs;

  /** Everything before this time has been told. */
  public long saidUs;

  public long newestUs;
  public boolean heardWord;
  public boolean declares;

  public SpeakerState() {}

  private static JumpCheck[] newJumps() {
    JumpCheck[] jumps = new JumpCheck[EventStream.count()];
    for (int i = 0; i < jumps.length; i++) {
      jumps[i] = new JumpCheck();
    }
    return jumps;
  }
}
