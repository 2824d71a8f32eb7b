// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trial as it is in force at an engine.
 *
 * @param stage as in {@link RolloutState}
 * @param treatmentShare share of the slots that are treated, 0..1
 * @param sinceUs event time from which this stage is in force
 * @param salt of the assignment, see {@link SlotAssignment}
 * @param slotMs length of a slot
 * @param warmupMs the first part of each slot, which is marked and excluded
 * @param armB identity of what arm B has instead: the hash of {@link #armBHash}; null from engines
 *     that do not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialState(
    String trialId,
    String stage,
    double treatmentShare,
    long sinceUs,
    String salt,
    long slotMs,
    long warmupMs,
    @Nullable String armB) {

  /**
   * Identity of arm B's settings, the same whatever their order: the first 16 hex digits of SHA-256
   * over {@code key=value} lines in the order of the keys, values as the plan's text has them.
   */
  public static String armBHash(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(settings)
        .forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The stage as a control record names it. */
  public RolloutState rollout() {
    return new RolloutState(stage, treatmentShare, trialId);
  }
}
