// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.cluster.FlinkRest;
import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice cluster stop}: jobs first, with savepoints, then the processes. */
@Command(
    name = "stop",
    description = {
      "Stops every job with a savepoint, so that what is complete becomes files, then ends the",
      "processes. What is in the directory stays."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cluster stop",
      "  sluice cluster stop --now       jobs are not stopped: they go on at the next start"
    })
final class ClusterStopCommand implements Callable<Integer> {
  private static final String ARCHIVE = "sluice-datasets";
  private static final Duration SAVEPOINT = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;
  @Mixin private ClusterDirOption dir;
  @Mixin private OutputOption output;

  @Option(names = "--now", description = "ends the processes without stopping the jobs")
  private boolean now;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    LocalCluster cluster = dir.attach();
    Map<String, String> savepoints = now ? Map.of() : stopJobs(cluster, err);
    err.println("sluice: ending the processes");
    cluster.close();
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(Map.of("savepoints", savepoints)));
    } else {
      savepoints.forEach((job, path) -> out.println(job + " stopped, savepoint " + path));
      out.println("the cluster has ended; its data is in " + cluster.directory().root());
    }
    return ExitCodes.OK;
  }

  /** Savepoints by job name and id. */
  private static Map<String, String> stopJobs(LocalCluster cluster, PrintWriter err) {
    Map<String, String> savepoints = new TreeMap<>();
    try {
      List<FlinkRest.Job> jobs = new ArrayList<>(cluster.rest().jobs());
      // what the others still write is archived
      jobs.sort(Comparator.comparing(job -> job.name().equals(ARCHIVE)));
      for (FlinkRest.Job job : jobs) {
        if (!job.ended()) {
          err.println("sluice: stopping " + job.name() + " with a savepoint");
          savepoints.put(
              job.name() + " " + job.id(),
              cluster
                  .rest()
                  .stopWithSavepoint(job.id(), cluster.directory().savepoints(), SAVEPOINT));
        }
      }
    } catch (FlinkRest.UnansweredException e) {
      throw CliException.environment(
          "a job could not be stopped: " + e.getMessage(),
          cluster.rest().address().toString(),
          "look at 'sluice cluster status', or end it with --now",
          e);
    }
    return savepoints;
  }
}
