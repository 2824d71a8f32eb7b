// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.nio.charset.StandardCharsets;

/**
 * Which arm a slot of a symbol belongs to: a pure function of salt, symbol, slot and share, the
 * same in every process and language.
 *
 * <p>Time is cut into slots of equal length, numbered from the epoch: {@code slot = floor(event
 * time / slot length)}. As many consecutive slots as it takes to hold the share in whole numbers
 * are a block: 2 for a half, 10 for a tenth; the block of a slot is {@code floor(slot / length of a
 * block)}. Within a block each slot has a hash, and the slots with the smallest hashes are B, as
 * many as the share asks for. So each block holds both arms in the share wanted, and which of its
 * slots is treated is as good as drawn: a difference between the arms of a block has mean 0 where
 * the treatment has no effect, however the market is correlated in time.
 *
 * <p>The hash is FNV-1a with 64 bits over the UTF-8 of {@code salt|symbol|slot} (the slot in
 * decimal), finished by the 64-bit finaliser of MurmurHash3, compared as an unsigned number; equal
 * hashes rank by slot.
 */
public final class SlotAssignment {
  /** Longest block; a share that needs a longer one is refused. */
  public static final int MAX_BLOCK_SLOTS = 20;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double EXACT = 1e-9;

  private SlotAssignment() {}

  /** The number of a slot. */
  public static long slot(long eventTimeUs, long slotMs) {
    return Math.floorDiv(eventTimeUs, slotMs * 1_000);
  }

  /** When a slot begins, epoch microseconds. */
  public static long startUs(long slot, long slotMs) {
    return slot * slotMs * 1_000;
  }

  /**
   * Slots of a block; 1 for a share of 0 or 1, where every slot is of one arm.
   *
   * @throws IllegalArgumentException when the share is outside 0..1 or no block of at most {@link
   *     #MAX_BLOCK_SLOTS} holds it in whole slots
   */
  public static int blockSlots(double share) {
    if (share >= 0 && share <= 1) {
      for (int slots = 1; slots <= MAX_BLOCK_SLOTS; slots++) {
        if (Math.abs(share * slots - Math.rint(share * slots)) < EXACT) {
          return slots;
        }
      }
    }
    throw new IllegalArgumentException(
        "share " + share + " is no fraction of at most " + MAX_BLOCK_SLOTS + " slots");
  }

  /** Number of the block that holds a slot. */
  public static long block(long slot, double share) {
    return Math.floorDiv(slot, blockSlots(share));
  }

  /** The arm of a slot. */
  public static Arm arm(String salt, String symbol, long slot, double share) {
    int slots = blockSlots(share);
    int treated = (int) Math.rint(share * slots);
    if (treated == 0 || treated == slots) {
      return treated == 0 ? Arm.A : Arm.B;
    }
    long first = Math.floorDiv(slot, slots) * slots;
    long own = hash(salt, symbol, slot);
    int before = 0;
    for (long other = first; other < first + slots; other++) {
      if (other != slot) {
        int order = Long.compareUnsigned(hash(salt, symbol, other), own);
        before += order < 0 || (order == 0 && other < slot) ? 1 : 0;
      }
    }
    return before < treated ? Arm.B : Arm.A;
  }

  static long hash(String salt, String symbol, long slot) {
    long hash = FNV_OFFSET;
    for (byte each : (salt + '|' + symbol + '|' + slot).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
