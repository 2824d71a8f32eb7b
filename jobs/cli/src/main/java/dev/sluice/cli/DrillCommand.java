// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.drill.DrillReport;
import dev.sluice.cli.drill.DrillRun;
import dev.sluice.cli.drill.Drills;
import dev.sluice.cli.drill.Fault;
import dev.sluice.cli.drill.ProcessSite;
import dev.sluice.cli.drill.Site;
import dev.sluice.cli.drill.process.ClusterSite;
import dev.sluice.cli.process.ShutdownHook;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice drill}: a fault made for real, and whether everything holds that must. */
@Command(
    name = "drill",
    description = {
      "Plays a scenario of a few minutes with a broker, a judge and an engine as processes of their",
      "own, makes faults happen in it for real, and checks what must hold: no decision lost or",
      "doubled, every halt obeyed, no quote without a lease, datasets complete and equal to their",
      "topics, no restart that was not planned. `sluice drill list` tells the names."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice drill list",
      "  sluice drill poison-record",
      "  sluice drill poison-record late-data idle-partition --together",
      "  sluice drill kill-judge --judge cluster",
      "  sluice drill all --output json > drills.json"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every drill passed; what cannot be made on this machine is skipped and said",
      "2:a drill failed; or wrong use, which is said on standard error",
      "3:the surroundings failed: no port, no disk, a process that did not start"
    })
final class DrillCommand implements Callable<Integer> {
  /** What the judge runs on. */
  enum Kind {
    PROCESS,
    CLUSTER
  }

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "drills by name; `all` for all of them; `list` prints the names and ends")
  private List<String> names = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "directory for datasets, logs and report (default: ./out/drill-<time>)")
  private Path out;

  @Option(
      names = "--together",
      description = "all faults in one run, one after another (default: a run each)")
  private boolean together;

  @Option(
      names = "--judge",
      paramLabel = "process|cluster",
      description = {
        "process: broker and judge as a process each; cluster: a local Flink cluster of processes",
        "(default: cluster where a fault needs one, else process)"
      })
  private Kind judge;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the simulated market (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (names.equals(List.of("list"))) {
      return list();
    }
    List<Fault> faults = faults();
    Path directory = OutDirectory.of(out, "drill");
    Logs.toFile(directory.resolve("drill.log"));
    List<DrillReport> reports = new ArrayList<>();
    if (together) {
      reports.add(play(faults, directory));
    } else {
      for (Fault fault : faults) {
        reports.add(play(List.of(fault), DrillRun.directory(directory, fault.name())));
      }
    }
    return tell(reports, directory);
  }

  private DrillReport play(List<Fault> faults, Path directory)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Kind kind = kind(faults);
    Path config = Home.config("sluice.yaml");
    Site site =
        kind == Kind.CLUSTER
            ? new ClusterSite(directory, config)
            : new ProcessSite(directory, config);
    String name = kind.name().toLowerCase(Locale.ROOT);
    DrillRun run = new DrillRun(faults, name, site, directory, seed, err::println);
    try (var hook = new ShutdownHook("drill-shutdown", run::close);
        run) {
      run.play();
      return run.report();
    }
  }

  private Kind kind(List<Fault> faults) {
    Optional<Fault> needing = faults.stream().filter(Fault::needsCluster).findFirst();
    if (judge == Kind.PROCESS && needing.isPresent()) {
      throw CliException.usage(
          needing.get().name() + " needs a cluster", "--judge process", "leave out --judge");
    }
    return judge != null ? judge : needing.isPresent() ? Kind.CLUSTER : Kind.PROCESS;
  }

  private int tell(List<DrillReport> reports, Path directory) throws IOException {
    boolean pass = reports.stream().allMatch(DrillReport::pass);
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("pass", pass);
    ArrayNode runs = root.putArray("runs");
    reports.forEach(report -> report.json(runs.addObject()));
    String json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    Files.writeString(directory.resolve("report.json"), json);
    PrintWriter result = spec.commandLine().getOut();
    if (output.json()) {
      result.println(json);
    } else {
      reports.forEach(report -> result.println(report.text()));
    }
    result.flush();
    return pass ? ExitCodes.OK : ExitCodes.NOT_COMPLETE;
  }

  private int list() {
    PrintWriter result = spec.commandLine().getOut();
    if (output.json()) {
      ArrayNode array = Json.mapper().createArrayNode();
      for (Fault fault : Drills.all()) {
        array
            .addObject()
            .put("name", fault.name())
            .put("about", fault.about())
            .put("needs_cluster", fault.needsCluster())
            .put("impossible_here", fault.impossible());
      }
      result.println(array.toPrettyString());
    } else {
      TextTable table = new TextTable("drill", "what happens");
      for (Fault fault : Drills.all()) {
        table.row(fault.name(), fault.about());
        table.note(fault.impossible() == null ? "" : "not here: " + fault.impossible());
      }
      result.print(table.render());
    }
    result.flush();
    return ExitCodes.OK;
  }

  private List<Fault> faults() {
    if (names.equals(List.of("all"))) {
      return Drills.all();
    }
    List<Fault> faults = new ArrayList<>();
    for (String name : names) {
      faults.add(
          Drills.named(name)
              .orElseThrow(
                  () ->
                      CliException.usage(
                          "no drill '" + name + "'",
                          "drill",
                          "there are: "
                              + String.join(
                                  ", ", Drills.all().stream().map(Fault::name).toList()))));
    }
    if (faults.stream().map(Fault::name).distinct().count() < faults.size()) {
      throw CliException.usage("a drill is named twice", "drill", "name each once");
    }
    return faults;
  }
}
