// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.cluster.FlinkInstallation;
import dev.sluice.cli.cluster.JobNames;
import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.cli.cluster.Submission;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice cluster submit}: {@code flink run} for people in a hurry. */
@Command(
    name = "submit",
    description = {
      "Submits jobs of sluice-jobs.jar with Flink's own client, as 'flink run' does.",
      "Without names it is all of them in one graph (the job 'all').",
      "The configuration and the criteria are read here, not on the cluster; Kafka, checkpoints and",
      "datasets are the cluster's own unless --set says otherwise."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cluster submit",
      "  sluice cluster submit bucket stop-criteria gate --set roster=[mm-1,mm-2]",
      "  sluice cluster submit --all                    every job, each on its own",
      "  sluice cluster submit gate --from-savepoint data/cluster/savepoints/savepoint-1b2c3d"
    })
final class ClusterSubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterDirOption dir;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "JOB", description = "such as bucket, gate, dataset (default: all)")
  private List<String> names = List.of();

  @Option(names = "--all", description = "every job, each on its own, instead of one graph")
  private boolean every;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of the jobs (default: config/sluice.yaml)")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "overrides one setting, such as flink.parallelism=2")
  private List<String> overrides = List.of();

  @Option(
      names = "--from-savepoint",
      paramLabel = "PATH",
      description = "goes on from this savepoint or checkpoint; for one job")
  private String savepoint;

  @Override
  public Integer call() throws IOException {
    LocalCluster cluster = dir.attach();
    Map<String, String> mains = mains();
    if (savepoint != null && mains.size() > 1) {
      throw CliException.usage(
          "a savepoint is of one job", "--from-savepoint", "submit the jobs one by one");
    }
    Map<String, String> ids = new LinkedHashMap<>();
    for (Map.Entry<String, String> job : mains.entrySet()) {
      spec.commandLine().getErr().println("sluice: submitting " + job.getKey());
      ids.put(job.getKey(), cluster.submit(submission(cluster, job.getValue())));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(Map.of("jobs", ids)));
    } else {
      ids.forEach((name, id) -> out.println(name + " is job " + id));
      out.println("look at it: sluice cluster status, or " + cluster.rest().address());
    }
    return ExitCodes.OK;
  }

  private Submission submission(LocalCluster cluster, String main) {
    Path file = config == null ? Home.config("sluice.yaml") : config.toAbsolutePath();
    return new Submission(main, cluster.arguments(file, overrides), Optional.ofNullable(savepoint));
  }

  private Map<String, String> mains() {
    JobNames jobs = JobNames.in(FlinkInstallation.find().jobs());
    if (every) {
      if (!names.isEmpty()) {
        throw CliException.usage("--all and names of jobs", names.toString(), "give one of both");
      }
      Map<String, String> apart = jobs.all();
      apart.remove(JobNames.ALL);
      return apart;
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String name : names.isEmpty() ? List.of(JobNames.ALL) : names) {
      chosen.put(
          name,
          jobs.main(name)
              .orElseThrow(
                  () ->
                      CliException.usage(
                          "there is no job '" + name + "'",
                          "JOB",
                          "the jobs are: " + String.join(", ", jobs.all().keySet()))));
    }
    return chosen;
  }
}
