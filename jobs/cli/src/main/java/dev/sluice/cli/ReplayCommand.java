// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.replay.DecisionRun;
import dev.sluice.cli.replay.History;
import dev.sluice.cli.replay.IncidentsYaml;
import dev.sluice.cli.replay.ReplayRun;
import dev.sluice.cli.replay.ReplayText;
import dev.sluice.flink.config.CriteriaFiles;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.rules.gate.GatePolicy;
import dev.sluice.rules.metric.Family;
import dev.sluice.rules.replay.EngineHistory;
import dev.sluice.rules.replay.Episode;
import dev.sluice.rules.replay.Incident;
import dev.sluice.rules.replay.Redecided;
import dev.sluice.rules.replay.ReplayDiff;
import dev.sluice.rules.replay.Score;
import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.CriterionSpec;
import dev.sluice.rules.spec.WhatIf;
import dev.sluice.schemas.Enforcement;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.text.Suggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice replay}: what would these criteria have said of that history? */
@Command(
    name = "replay",
    description = {
      "Judges archived history again, by the code of production: when each criterion would have",
      "tripped, what would have been decided, and how near each came to its limit. Compares two",
      "versions of the criteria, or a value that you have in mind. Criteria of buckets and",
      "heartbeats; those of other families are judged on raw events and are left out, by name."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice replay out/demo-1/datasets",
      "  sluice replay out/demo-1/datasets --only cache-hit --what-if \"cache-hit.breach=< 0.6\"",
      "  sluice replay data/datasets --diff config/criteria my/criteria --output json",
      "  sluice replay out/demo-1/datasets --decision all",
      "  sluice replay s3://archive/datasets --since 2026-01-05T00:00:00Z --incidents incidents.yaml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:judged",
      "1:the two versions trip differently (--diff, --what-if), or an incident was not seen",
      "2:wrong use, there is not one bucket, or a decision does not come out the same (--decision)",
      "3:the surroundings failed (disk, object store)"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "DIR|URI", description = "the datasets")
  private String data;

  @Option(
      names = "--criteria",
      paramLabel = "DIR",
      description = "the criteria (default: config/criteria)")
  private Path criteria;

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "DIR",
      description = "two directories of criteria, the old one first: only what differs is shown")
  private List<Path> diff = List.of();

  @Option(
      names = "--what-if",
      paramLabel = "ID.KEY=VALUE",
      description = "compares with this value, such as \"cache-hit.breach=< 0.6\"; may be repeated")
  private List<String> whatIf = List.of();

  @Option(
      names = "--only",
      paramLabel = "ID",
      description = "these criteria alone; may be repeated")
  private List<String> only = List.of();

  @Option(names = "--engine", paramLabel = "ID", description = "this engine alone")
  private String engine;

  @Option(names = "--since", description = "event time from which on, such as 2026-01-05T00:00:00Z")
  private Instant since;

  @Option(names = "--until", description = "event time before which")
  private Instant until;

  @Option(
      names = "--incidents",
      paramLabel = "FILE",
      description =
          "what really happened: `- {name: storm, engine: mm-1, from: TIME, until: TIME}`")
  private Path incidents;

  @Option(
      names = "--decision",
      paramLabel = "ID|all",
      description = {
        "decides this decision, or all, once more: the archived raw events go to the jobs of",
        "production, and what comes out is compared bit for bit"
      })
  private String decision;

  @Mixin private SettingsOption jobs;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (decision != null) {
      return decideAgain();
    }
    if (!diff.isEmpty() && (!whatIf.isEmpty() || criteria != null)) {
      throw CliException.usage(
          "--diff with --what-if or --criteria", "options", "give one of them");
    }
    List<List<CriterionSpec>> versions = versions();
    SluiceConfig settings = jobs.load(List.of());
    PrintWriter err = spec.commandLine().getErr();
    History history = new History(data, engine);
    if (history.parts().isEmpty()) {
      throw CliException.usage("there is not one bucket", data, "give the directory of datasets");
    }
    leftOut(versions.get(versions.size() - 1), err);
    ReplayRun run =
        new ReplayRun(
            history,
            versions,
            settings.buckets().widthMs(),
            GatePolicy.ofHistory(settings.gate().hardCaps()));
    List<List<EngineHistory>> results =
        run.play(
            since == null ? 0 : us(since),
            until == null ? Long.MAX_VALUE / 2 : us(until),
            VerifyCommand.progress(err));
    return report(results);
  }

  private int decideAgain() throws IOException {
    if (!diff.isEmpty() || !whatIf.isEmpty() || !only.isEmpty() || incidents != null) {
      throw CliException.usage(
          "--decision with --diff, --what-if, --only or --incidents",
          "options",
          "give one of them");
    }
    DecisionRun run = new DecisionRun(data);
    Set<String> ids = run.decisionIds();
    if (!decision.equals("all") && !ids.contains(decision)) {
      throw CliException.usage(
          "no decision `" + decision + "`",
          data,
          "'--decision all' names them" + Suggestion.of(decision, ids));
    }
    List<String> set = new ArrayList<>();
    if (!jobs.sets("roster")) {
      set.add("roster=" + run.engines());
    }
    if (criteria != null) {
      set.add("criteria.dir=" + criteria.toAbsolutePath());
    }
    Consumer<String> progress = VerifyCommand.progress(spec.commandLine().getErr());
    Map<String, List<Redecided>> decided =
        DecisionRun.select(run.play(jobs.load(set), progress), decision, engine);
    if (decided.isEmpty()) {
      throw CliException.usage(
          "no such decision of engine `" + engine + "`", data, "leave --engine out");
    }
    boolean same = decided.values().stream().flatMap(List::stream).allMatch(Redecided::reproduced);
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.json() ? json(decided) + "\n" : ReplayText.ofDecisions(decided));
    out.flush();
    return same ? ExitCodes.OK : ExitCodes.USAGE;
  }

  private int report(List<List<EngineHistory>> results) throws IOException {
    List<EngineHistory> newest = results.get(results.size() - 1);
    Map<String, Object> document = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    int exit = ExitCodes.OK;
    if (results.size() == 2) {
      ReplayDiff found = ReplayDiff.of(episodes(results.get(0)), episodes(newest));
      document.put("diff", found);
      text.append(ReplayText.of(found));
      exit = found.empty() ? ExitCodes.OK : ExitCodes.FAILED;
    } else {
      text.append(ReplayText.of(newest));
    }
    if (incidents != null) {
      Score score = Score.of(newest, readIncidents());
      document.put("score", score);
      text.append('\n').append(ReplayText.of(score));
      boolean missed = score.detections().stream().anyMatch(one -> one.criterionId() == null);
      exit = missed ? ExitCodes.FAILED : exit;
    }
    document.put("engines", newest);
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.json() ? json(document) + "\n" : text);
    out.flush();
    return exit;
  }

  private List<List<CriterionSpec>> versions() {
    try {
      if (!diff.isEmpty()) {
        return List.of(
            wanted(CriteriaFiles.read(diff.get(0))), wanted(CriteriaFiles.read(diff.get(1))));
      }
      Path directory = criteria == null ? Home.config("criteria") : criteria;
      List<CriterionSpec> now = wanted(CriteriaFiles.read(directory));
      WhatIf changes = WhatIf.parse(whatIf);
      return changes.empty()
          ? List.of(now)
          : List.of(now, wanted(CriteriaFiles.read(directory, changes)));
    } catch (CriteriaException e) {
      throw CliException.usage(e.getMessage(), "criteria", "'sluice criteria list' shows them");
    }
  }

  private List<CriterionSpec> wanted(List<CriterionSpec> all) {
    List<String> ids = all.stream().map(CriterionSpec::id).toList();
    for (String id : only) {
      if (!ids.contains(id)) {
        throw CliException.usage(
            "no criterion `" + id + "`",
            "--only",
            "'sluice criteria list' shows them" + Suggestion.of(id, ids));
      }
    }
    List<CriterionSpec> specs =
        all.stream().filter(one -> only.isEmpty() || only.contains(one.id())).toList();
    if (specs.stream().noneMatch(ReplayCommand::replayed)) {
      throw CliException.usage(
          "no criterion of buckets is on", "criteria", "others are not judged on buckets");
    }
    return specs;
  }

  private static void leftOut(List<CriterionSpec> specs, PrintWriter err) {
    List<String> others =
        specs.stream().filter(one -> !replayed(one)).map(CriterionSpec::id).toList();
    if (!others.isEmpty()) {
      err.println("sluice: not of buckets, or off, and left out: " + String.join(", ", others));
      err.flush();
    }
  }

  private static boolean replayed(CriterionSpec one) {
    return one.metric().family() == Family.BUCKETS && one.mode() != Enforcement.OFF;
  }

  private List<Incident> readIncidents() throws IOException {
    try {
      return IncidentsYaml.parse(incidents.toString(), Files.readString(incidents));
    } catch (CriteriaException e) {
      throw CliException.usage(e.getMessage(), "--incidents", "mend the file");
    }
  }

  private static List<Episode> episodes(List<EngineHistory> histories) {
    List<Episode> all = new ArrayList<>();
    histories.forEach(history -> all.addAll(history.episodes()));
    return all;
  }

  private static String json(Object document) throws JsonProcessingException {
    return Json.mapper().writeValueAsString(document);
  }

  private static long us(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
