// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.live;

import dev.sluice.schemas.LiveCriterion;
import dev.sluice.schemas.LiveMode;

/** Records of the criteria topic as the command line writes them. */
public final class LiveRecords {
  private LiveRecords() {}

  /** A criterion on deadline misses with these keys more. */
  public static String miss(String id, String keys) {
    return "- {id: "
        + id
        + ", metric: deadline_miss_ratio, on_missing: {after: 1h, action: ALERT}, "
        + keys
        + "}";
  }

  public static LiveCriterion stage(String id, long version, String text) {
    return record(id, version, LiveMode.SHADOW, text);
  }

  public static LiveCriterion promote(String id, long version, String text) {
    return record(id, version, LiveMode.ENFORCE, text);
  }

  public static LiveCriterion revert(String id, long version) {
    return record(id, version, LiveMode.REVERTED, null);
  }

  /** Staged while an earlier text stays in force. */
  public static LiveCriterion stageOver(LiveCriterion inForce, String text) {
    LiveCriterion staged = stage(inForce.criterionId(), inForce.version() + 1, text);
    return new LiveCriterion(
        staged.schema(),
        staged.criterionId(),
        staged.version(),
        staged.mode(),
        staged.text(),
        staged.criteriaHash(),
        staged.who(),
        staged.why(),
        staged.issuedAtUs(),
        inForce.text(),
        inForce.criteriaHash(),
        inForce.version());
  }

  private static LiveCriterion record(String id, long version, LiveMode mode, String text) {
    return new LiveCriterion(
        LiveCriterion.SCHEMA,
        id,
        version,
        mode,
        text,
        text == null ? null : LiveText.read("test", text).criteriaHash(),
        "ann",
        "a test",
        1,
        null,
        null,
        null);
  }
}
