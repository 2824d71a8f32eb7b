// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.reference;

import java.util.List;

/** What each key of a criterion means; a test holds it against the keys the reader knows. */
final class CriterionKeys {
  record Row(String key, String value, String meaning) {}

  static final List<Row> ROWS =
      List.of(
          new Row("id", "mandatory", "name, unique over all files"),
          new Row("description", "empty", "one sentence for people"),
          new Row("metric", "mandatory", "a name from the metric registry"),
          new Row("instant", "false", "judge the state of the moment, without a window"),
          new Row(
              "over", "mandatory unless instant", "window of the metric, a multiple of the bucket"),
          new Row(
              "every",
              "one bucket; 1m for windows of an hour or more",
              "how often it is evaluated"),
          new Row("breach", "mandatory", "`> 0.05`: operator and limit"),
          new Row("recover", "the complement of breach", "what counts as recovered"),
          new Row("hold", "0", "how long the breach must last without interruption"),
          new Row("at_least", "none", "`5 of 10`: violations among evaluations, instead of hold"),
          new Row("recover_hold", "0", "how long the recovery must last"),
          new Row(
              "gap",
              "{policy: freeze, max: 60s}",
              "what a hole does to a running hold: reset, freeze or count"),
          new Row("min_samples", "1", "fewer are NO_DATA"),
          new Row("on_missing", "mandatory", "{after, action}: what to do when nobody knows"),
          new Row("severity", "critical", "info, warning or critical"),
          new Row(
              "action", "mandatory", "ALERT, HOLD, ROLLBACK, REDUCE_ONLY, PAUSE, HALT or FLATTEN"),
          new Row("action_in_trial", "none", "replaces action while a trial runs"),
          new Row("escalate", "none", "{to, after}: when the breach goes on"),
          new Row("latch", "false", "only a person ends it"),
          new Row("flap", "{trips: 3, within: 1h}", "so many trips latch; trips: 0 never"),
          new Row("scope", "engine", "engine, symbol, arm, account or portfolio"),
          new Row("mode", "enforce", "off, shadow or enforce"),
          new Row("warmup", "0", "after a start of the process, not judged"),
          new Row(
              "warn_at",
              "none",
              "0.8: a criterion `<id>-warning` of its own that alerts at this share of the limit"),
          new Row(
              "engines",
              "all of the roster",
              "scope portfolio: the engines that are added up and told"));

  private CriterionKeys() {}
}
