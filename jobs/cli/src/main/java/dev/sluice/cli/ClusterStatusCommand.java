// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.cluster.FlinkRest;
import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice cluster status}: its processes and its jobs. */
@Command(
    name = "status",
    description = "Shows the cluster's processes and jobs.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  sluice cluster status --output json",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every process runs, and so does every job that has not ended",
      "1:something does not run",
      "3:no cluster was started there"
    })
final class ClusterStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterDirOption dir;
  @Mixin private OutputOption output;

  /**
   * The cluster as it is.
   *
   * @param web address of REST and web UI
   * @param flink its version, empty when the JobManager does not answer
   */
  record Status(
      String directory,
      String bootstrap,
      String web,
      String flink,
      List<Member> processes,
      List<FlinkRest.Job> jobs) {
    /** One process. */
    record Member(String role, long pid, boolean alive) {}

    static Status of(LocalCluster cluster) {
      List<Member> processes =
          cluster.processes().stream()
              .map(m -> new Member(m.role().fileName(), m.pid(), m.alive()))
              .toList();
      String flink = "";
      List<FlinkRest.Job> jobs = List.of();
      try {
        flink = cluster.rest().overview().version();
        jobs = cluster.rest().jobs();
      } catch (FlinkRest.UnansweredException e) {
        flink = ""; // it is told as a version that nobody says
      }
      return new Status(
          cluster.directory().root().toString(),
          cluster.bootstrap(),
          cluster.rest().address().toString(),
          flink,
          processes,
          jobs);
    }

    boolean good() {
      return !flink.isEmpty()
          && processes.stream().allMatch(Member::alive)
          && jobs.stream().allMatch(job -> job.running() || job.ended());
    }
  }

  @Override
  public Integer call() throws IOException {
    Status status = Status.of(dir.attach());
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(status));
    } else {
      tell(status, out);
    }
    out.flush();
    return status.good() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static void tell(Status status, PrintWriter out) {
    TextTable processes = new TextTable("process", "pid", "runs");
    for (Status.Member process : status.processes()) {
      processes.row(
          process.role(),
          process.pid() == 0 ? "-" : Long.toString(process.pid()),
          process.alive() ? "yes" : "NO");
    }
    out.print(processes.render());
    out.println("Kafka " + status.bootstrap() + ", data in " + status.directory());
    out.println(
        status.flink().isEmpty()
            ? "the JobManager does not answer at " + status.web()
            : "Flink " + status.flink() + " at " + status.web());
    if (!status.jobs().isEmpty()) {
      TextTable jobs = new TextTable("job", "state", "tasks", "id");
      for (FlinkRest.Job job : status.jobs()) {
        jobs.row(job.name(), job.state(), job.runningTasks() + " of " + job.tasks(), job.id());
      }
      out.println();
      out.print(jobs.render());
    }
  }
}
