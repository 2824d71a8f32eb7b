// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.reference;

import dev.sluice.cli.release.Stage;
import dev.sluice.cli.release.StageYaml;
import dev.sluice.schemas.text.Durations;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The page of release gates: every key, and every shipped gate. */
final class GatePages {
  static final List<CriterionKeys.Row> STAGE_ROWS =
      List.of(
          new CriterionKeys.Row("stage", "mandatory", "name of the file without `.yaml`"),
          new CriterionKeys.Row("description", "mandatory", "one sentence for people"),
          new CriterionKeys.Row(
              "window", "mandatory", "the time its gates look at, backwards from the end"),
          new CriterionKeys.Row(
              "provenance",
              "mandatory",
              "weakest evidence accepted when this stage is run: live, paper, replay, simulated"),
          new CriterionKeys.Row("include", "none", "other files whose gates must hold too"),
          new CriterionKeys.Row(
              "with", "none", "named queries that the gates of this file may use"),
          new CriterionKeys.Row("gates", "none", "a list"));

  static final List<CriterionKeys.Row> GATE_ROWS =
      List.of(
          new CriterionKeys.Row("id", "mandatory", "name, unique within a stage"),
          new CriterionKeys.Row("description", "mandatory", "what holds when it is open"),
          new CriterionKeys.Row("pass", "mandatory", "`>= 0.70`: operator and limit"),
          new CriterionKeys.Row("unit", "1", "of the value; min, h and days grow with time"),
          new CriterionKeys.Row("min_samples", "mandatory", "fewer are NO_DATA; at least 1"),
          new CriterionKeys.Row("max_age", "mandatory", "older evidence is NO_DATA"),
          new CriterionKeys.Row("window", "that of the file", "the time it looks at"),
          new CriterionKeys.Row("hard", "false", "true: nobody may waive it"),
          new CriterionKeys.Row(
              "may_be_empty", "none", "datasets that may lawfully have no row, and so no file"),
          new CriterionKeys.Row("sql", "or `check`", "DuckDB; one row, see below"),
          new CriterionKeys.Row(
              "check",
              "or `sql`",
              "covered_hours, missing_correlation, count_delta, secrets_configuration,"
                  + " secrets_logs or secrets_evidence"),
          new CriterionKeys.Row("mend", "mandatory", "what to do when it does not pass"));

  private static final String QUERIES =
      """

      ## Queries

      `health` is the dataset within the span looked at, `ever.health` all before its end; the same for
      every dataset. Nothing is seen of what came later. `getvariable('since')` and
      `getvariable('until')` are the ends of the span, `getvariable('build')` is `--build`; `flags_snapshot` has
      `engine_id`, `flag`, `is_on`, `baselines` has `engine_id`, `hourly_mean`, `hourly_sigma`, `hours`, `source`.

      A query gives one row: `value`, `n` (samples), `as_of` (event time of the newest evidence), and if it likes
      `sources` (a list of provenances, of which the weakest counts), `note` (what a reader must know: what stands
      against it, by name), `last_at` (event time of the newest fault) and `growing` (what of the value grows with
      time). A dataset that is not there, several rows and a value that is no finite number are NO_DATA; a query that
      is wrong ends the run with exit code 2.

      """;

  private GatePages() {}

  static void body(StringBuilder out, Path directory) {
    out.append(
        "`sluice gate run --stage NAME` judges the gates of `config/gates/NAME.yaml` and of");
    out.append(" what it includes. PASS opens a gate; FAIL and NO_DATA shut it.\n\n");
    out.append("## Keys of a file\n\n");
    keys(out, STAGE_ROWS);
    out.append("\n## Keys of a gate\n\n");
    keys(out, GATE_ROWS);
    out.append(QUERIES).append("## Shipped\n");
    StageYaml yaml = new StageYaml(directory);
    yaml.names().forEach(name -> stage(out, yaml.read(name)));
  }

  private static void keys(StringBuilder out, List<CriterionKeys.Row> rows) {
    out.append("| key | default | meaning |\n|---|---|---|\n");
    rows.forEach(row -> ReferencePage.row(out, "`" + row.key() + "`", row.value(), row.meaning()));
  }

  private static void stage(StringBuilder out, Stage stage) {
    out.append("\n### ").append(stage.name()).append("\n\n").append(stage.description());
    out.append(" Evidence: ").append(stage.provenance().name().toLowerCase(Locale.ROOT));
    out.append(" or stronger.");
    List<String> included = stage.files().subList(1, stage.files().size());
    out.append(included.isEmpty() ? "" : " With " + String.join(", ", included) + ".");
    out.append("\n\n");
    List<Stage.Entry> own =
        stage.entries().stream().filter(entry -> entry.file().equals(stage.name())).toList();
    if (!own.isEmpty()) {
      out.append("| gate | what holds | pass | window | n | at most old | waiver |\n");
      out.append("|---|---|---|---|---|---|---|\n");
    }
    for (Stage.Entry entry : own) {
      ReferencePage.row(
          out,
          "`" + entry.gate().id() + "`",
          entry.gate().description(),
          "`" + entry.gate().pass() + "` " + entry.gate().unit(),
          Durations.format(entry.gate().windowMs()),
          Long.toString(entry.gate().minSamples()),
          Durations.format(entry.gate().maxAgeMs()),
          entry.gate().hard() ? "none" : "possible");
    }
  }
}
