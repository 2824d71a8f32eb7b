// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.sequence;

import java.util.Arrays;

/**
 * How far one stream of one run has been told, and what of it waits. Messages wait in the order of
 * their numbers. Mutable; its public fields are the state.
 */
public final class StreamCursor {
  private static final int MAX_GIVEN_UP = 64;

  public int stream;
  public String runId = "";

  /** The number to be told next; 0 while it is not known where the stream begins. */
  public long nextSeq;

  public long highestSeq;

  /** The number the stream begins with here: 1 unless it was joined in its middle. */
  public long firstSeq = 1;

  /** Pairs: first and last number given up; the oldest are forgotten. */
  public long[] givenUp = new long[0];

  /** Event time of the first message seen. */
  public long joinedUs;

  /** Event time up to which the stream has been told. */
  public long toldUs;

  /** Newest believed event time seen. */
  public long newestUs;

  /** Numbers waiting, ascending, from {@link #head} to before {@link #end}. */
  public long[] seqs = new long[0];

  /** What waits under the number beside; null when the number is void. */
  public EngineEvent[] held = new EngineEvent[0];

  public boolean[] suspect = new boolean[0];
  public int head;
  public int end;

  public StreamCursor() {}

  int waiting() {
    return end - head;
  }

  /** Goes on with this number; returns how many were left out. */
  long skipTo(long seq) {
    if (nextSeq == 0) {
      firstSeq = seq;
      nextSeq = seq;
      return 0;
    }
    long skipped = seq - nextSeq;
    if (skipped > 0) {
      int from = givenUp.length == 2 * MAX_GIVEN_UP ? 2 : 0;
      long[] more = Arrays.copyOfRange(givenUp, from, givenUp.length + 2);
      more[more.length - 2] = nextSeq;
      more[more.length - 1] = seq - 1;
      givenUp = more;
    }
    nextSeq = seq;
    return skipped;
  }

  /** True when the number was passed over, so that its message comes too late. */
  boolean passedOver(long seq) {
    if (seq < firstSeq) {
      return true;
    }
    for (int i = 0; i < givenUp.length; i += 2) {
      if (seq >= givenUp[i] && seq <= givenUp[i + 1]) {
        return true;
      }
    }
    return false;
  }

  boolean knows(long seq) {
    return (nextSeq > 0 && seq < nextSeq) || find(seq) >= 0;
  }

  /** True when the number to be told next is missing while later ones wait. */
  boolean hasHole() {
    return head < end && nextSeq > 0 && seqs[head] > nextSeq;
  }

  void hold(long seq, EngineEvent event, boolean isSuspect) {
    int at = -find(seq) - 1;
    if (end == seqs.length) {
      makeRoom();
      at = -find(seq) - 1;
    }
    System.arraycopy(seqs, at, seqs, at + 1, end - at);
    System.arraycopy(held, at, held, at + 1, end - at);
    System.arraycopy(suspect, at, suspect, at + 1, end - at);
    seqs[at] = seq;
    held[at] = event;
    suspect[at] = isSuspect;
    end++;
  }

  void dropHead() {
    held[head++] = null;
    if (head == end) {
      head = 0;
      end = 0;
    }
  }

  /** Position of the first that is no suspect and not void, or −1. */
  int firstBelieved() {
    for (int at = head; at < end; at++) {
      if (!suspect[at] && held[at] != null) {
        return at;
      }
    }
    return -1;
  }

  private int find(long seq) {
    return Arrays.binarySearch(seqs, head, end, seq);
  }

  private void makeRoom() {
    int size = end - head;
    int room = head > size ? seqs.length : Math.max(8, size * 2);
    seqs = Arrays.copyOf(Arrays.copyOfRange(seqs, head, end), room);
    held = Arrays.copyOf(Arrays.copyOfRange(held, head, end), room);
    suspect = Arrays.copyOf(Arrays.copyOfRange(suspect, head, end), room);
    head = 0;
    end = size;
  }
}
