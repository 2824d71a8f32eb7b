// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.TextTable;
import dev.sluice.rules.completeness.CheckResult;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.rules.completeness.StreamCounts;
import dev.sluice.schemas.codec.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A verification in words, and as JSON. */
public final class VerificationText {
  private VerificationText() {}

  /**
   * For people: a table of the streams, a line per check, those that did not pass first, and what
   * it comes to.
   */
  public static String text(Verification found) {
    StringBuilder text = new StringBuilder();
    if (!found.counts().streams().isEmpty()) {
      text.append(streams(found)).append('\n');
    }
    found.checks().stream().filter(check -> !check.ok()).forEach(check -> line(text, check));
    found.checks().stream().filter(CompletenessCheck::ok).forEach(check -> line(text, check));
    text.append('\n');
    found.late().forEach((engine, n) -> text.append(lateLine(engine, n)));
    text.append("provenance: ").append(provenance(found)).append('\n');
    text.append("dead letters: ").append(deadLetters(found)).append('\n');
    text.append(
        found.manifests() == 0
            ? "manifests: none; `sluice manifest` writes them\n"
            : "manifests: " + found.manifests() + "\n");
    found.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    return text.append(verdict(found)).toString();
  }

  /** The last line. */
  public static String verdict(Verification found) {
    if (found.complete()) {
      return String.format(
          Locale.ROOT,
          "COMPLETE: %d checks, all passed: %s%n",
          found.checks().size(),
          found.where());
    }
    return String.format(
        Locale.ROOT,
        "NOT COMPLETE: of %d checks %d failed and %d had no data: %s%n",
        found.checks().size(),
        found.count(CheckResult.FAIL),
        found.count(CheckResult.NO_DATA),
        found.where());
  }

  private static String streams(Verification found) {
    TextTable table =
        new TextTable(
            "stream", "engine", "run", "first", "last", "stored", "sent", "missing", "repeated");
    for (StreamCounts s : found.counts().streams()) {
      table.row(
          s.stream(),
          s.engineId(),
          s.runId(),
          grouped(s.firstSeq()),
          grouped(s.lastSeq()),
          grouped(s.stored()),
          s.said() == null ? "?" : grouped(s.sent() - s.afterSeq()),
          grouped(s.countDelta()),
          grouped(s.duplicates()));
    }
    return table.render();
  }

  private static String lateLine(String engine, long late) {
    return String.format(
        Locale.ROOT, "late: %,d events of %s came after their bucket was closed%n", late, engine);
  }

  private static String provenance(Verification found) {
    Map<String, Long> all = new java.util.TreeMap<>();
    found
        .rowsBySource()
        .values()
        .forEach(rows -> rows.forEach((source, n) -> all.merge(source, n, Long::sum)));
    List<String> parts = new ArrayList<>();
    all.forEach((source, n) -> parts.add(grouped(n) + " rows " + source));
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  private static String deadLetters(Verification found) {
    List<String> parts = new ArrayList<>();
    found.deadLetters().forEach((what, n) -> parts.add(grouped(n) + " " + what));
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  private static void line(StringBuilder text, CompletenessCheck check) {
    text.append(
        String.format(
            Locale.ROOT, "%-7s  %-12s  %s%n", check.result(), check.name(), check.reason()));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** For programs: one JSON document. */
  public static String json(Verification found) throws JsonProcessingException {
    ObjectNode root = Json.mapper().createObjectNode();
    fill(root, found);
    return Json.mapper().writeValueAsString(root);
  }

  /** Adds what was found to a JSON object. */
  public static void fill(ObjectNode root, Verification found) {
    root.put("complete", found.complete());
    root.put("where", found.where());
    root.put("since", found.span().since() == null ? null : found.span().since().toString());
    root.put("until", found.span().until() == null ? null : found.span().until().toString());
    root.put("engine_id", found.span().engineId());
    ArrayNode checks = root.putArray("checks");
    for (CompletenessCheck check : found.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("subject", check.subject())
          .put("result", check.result().name())
          .put("measured", check.measured())
          .put("limit", check.limit())
          .put("reason", check.reason());
    }
    ArrayNode streams = root.putArray("streams");
    found.counts().streams().forEach(s -> stream(streams.addObject(), s));
    root.set("offsets", Json.mapper().valueToTree(found.counts().offsets()));
    root.set("coverage", Json.mapper().valueToTree(found.counts().coverage()));
    root.set("links", Json.mapper().valueToTree(found.counts().links()));
    root.set("late", Json.mapper().valueToTree(found.late()));
    root.set("rows_by_source", Json.mapper().valueToTree(found.rowsBySource()));
    root.set("dead_letters", Json.mapper().valueToTree(found.deadLetters()));
    root.put("manifests", found.manifests());
    found.notes().forEach(root.putArray("notes")::add);
  }

  private static void stream(ObjectNode node, StreamCounts s) {
    node.put("engine_id", s.engineId())
        .put("run_id", s.runId())
        .put("stream", s.stream())
        .put("dataset", s.dataset())
        .put("first_seq", s.firstSeq())
        .put("last_seq", s.lastSeq())
        .put("after_seq", s.afterSeq())
        .put("said", s.said())
        .put("said_by", s.saidBy())
        .put("rows", s.rows())
        .put("stored", s.stored())
        .put("duplicates", s.duplicates())
        .put("count_delta", s.countDelta())
        .set("missing", Json.mapper().valueToTree(s.missing()));
  }
}
