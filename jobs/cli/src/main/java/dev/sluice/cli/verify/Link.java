// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.dataset.Datasets;
import dev.sluice.rules.completeness.LinkCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The links that the contracts define, each as SQL. {@code from} gives {@code engine_id, link} of
 * the records that point, {@code to} the same of those pointed at. Intents, orders and epochs are
 * an engine's own; ids of verdicts and commands are unique for themselves. A fill or an order
 * without a correlation id is a broken link; other ids may be left out.
 */
enum Link {
  FILL_ORDER(
      "each fill's client_order_id is an order",
      true,
      List.of(new Part("fills", "client_order_id", "TRUE")),
      List.of(new Part("orders", "client_order_id", "TRUE"))),
  FILL_INTENT(
      "each fill's intent_id is an order's",
      true,
      List.of(new Part("fills", "intent_id", "TRUE")),
      List.of(new Part("orders", "intent_id", "TRUE"))),
  FILL_CORRELATION(
      "each fill's correlation_id is an intent",
      true,
      List.of(new Part("fills", "correlation_id", "TRUE")),
      List.of(new Part("orders", "intent_id", "TRUE"))),
  FILL_CAUSATION(
      "each fill's causation_id is an order or an intent",
      true,
      List.of(new Part("fills", "causation_id", "causation_id IS NOT NULL")),
      List.of(
          new Part("orders", "client_order_id", "TRUE"), new Part("orders", "intent_id", "TRUE"))),
  ORDER_CORRELATION(
      "each order's correlation_id is an intent",
      true,
      List.of(new Part("orders", "correlation_id", "TRUE")),
      List.of(new Part("orders", "intent_id", "TRUE"))),
  ORDER_CAUSATION(
      "each order's causation_id is an order or an intent",
      true,
      List.of(new Part("orders", "causation_id", "causation_id IS NOT NULL")),
      List.of(
          new Part("orders", "client_order_id", "TRUE"), new Part("orders", "intent_id", "TRUE"))),
  ORDER_HEDGE(
      "each order's hedge_of is an intent",
      true,
      List.of(new Part("orders", "hedge_of", "hedge_of IS NOT NULL")),
      List.of(new Part("orders", "intent_id", "TRUE"))),
  ACK_DECISION(
      "each ack's decision_id is a decision",
      true,
      List.of(new Part("acks", "decision_id", "TRUE")),
      List.of(new Part("decisions", "decision_id", "TRUE"))),
  EPOCH_DECISION(
      "each epoch that a heartbeat names is a decision's",
      true,
      List.of(new Part("health", "control_epoch::VARCHAR", "control_epoch > 0")),
      List.of(new Part("decisions", "epoch::VARCHAR", "TRUE"))),
  EPOCH_ACK(
      "each epoch that a heartbeat names is acknowledged",
      true,
      List.of(new Part("health", "control_epoch::VARCHAR", "control_epoch > 0")),
      List.of(new Part("acks", "epoch::VARCHAR", "TRUE"))),
  DECISION_VERDICT(
      "each cause of a decision is a verdict",
      false,
      List.of(new Part("decisions", "unnest(cause).verdict_id", "TRUE")),
      List.of(new Part("verdicts", "verdict_id", "TRUE"))),
  DECISION_COMMAND(
      "each command of a decision is there",
      false,
      List.of(new Part("decisions", "command_command_id", "command_command_id IS NOT NULL")),
      List.of(new Part("commands", "command_id", "TRUE")));

  private final String rule;
  private final boolean byEngine;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Part> from;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<Part> to;

  /** Some rows of a dataset, and the column or expression that is the link. */
  private record Part(String dataset, String link, String where) {}

  Link(String rule, boolean byEngine, List<Part> from, List<Part> to) {
    this.rule = rule;
    this.byEngine = byEngine;
    this.from = from;
    this.to = to;
  }

  String rule() {
    return rule;
  }

  /** Counts those of the span; what they point at may be of any time. */
  LinkCount count(Datasets datasets, Span span) {
    String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
    String sql = sql(datasets, span);
    if (sql.isEmpty()) {
      return new LinkCount(name, rule, 0, 0, List.of());
    }
    List<Object> row = datasets.query(sql).values().get(0);
    List<String> examples = new ArrayList<>();
    if (row.get(2) instanceof List<?> ids) {
      ids.forEach(id -> examples.add(id == null ? "none" : id.toString()));
    }
    return new LinkCount(
        name, rule, StreamQueries.number(row.get(0)), StreamQueries.number(row.get(1)), examples);
  }

  /** The query; empty when no dataset that points is there. */
  String sql(Datasets datasets, Span span) {
    String pointing =
        union(
            datasets,
            from.stream(),
            " AND " + span.engine() + " AND " + span.within("event_time_us"));
    if (pointing.isEmpty()) {
      return "";
    }
    String pointedAt = union(datasets, to.stream(), "");
    return """
        WITH pointing AS ({pointing}), pointed_at AS (SELECT DISTINCT {key} FROM ({pointedAt})),
        joined AS (SELECT p.link, t.link IS NULL AS broken
                   FROM pointing p LEFT JOIN pointed_at t ON {on})
        SELECT count(*), count(*) FILTER (broken),
               (SELECT list(link) FROM (SELECT DISTINCT coalesce(link, 'none') AS link
                                        FROM joined WHERE broken ORDER BY link LIMIT 3))
        FROM joined"""
        .replace("{pointing}", pointing)
        .replace(
            "{pointedAt}",
            pointedAt.isEmpty()
                ? "SELECT NULL::VARCHAR AS engine_id, NULL::VARCHAR AS link LIMIT 0"
                : pointedAt)
        .replace("{key}", byEngine ? "engine_id, link" : "link")
        .replace(
            "{on}", byEngine ? "p.engine_id = t.engine_id AND p.link = t.link" : "p.link = t.link");
  }

  private static String union(Datasets datasets, Stream<Part> parts, String more) {
    return String.join(
        " UNION ALL ",
        parts
            .filter(part -> datasets.has(part.dataset()))
            .map(
                part ->
                    "SELECT engine_id, %s AS link FROM %s WHERE %s%s"
                        .formatted(part.link(), part.dataset(), part.where(), more))
            .toList());
  }
}
