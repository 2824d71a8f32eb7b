// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice cluster}: a Flink cluster of real processes on this machine. */
@Command(
    name = "cluster",
    description = {
      "A Flink cluster of real processes on this machine: broker, ZooKeeper, JobManager and",
      "TaskManagers, on loopback only. Jobs come in as on any cluster: sluice-jobs.jar and Flink's",
      "own client."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      ClusterStartCommand.class,
      ClusterStopCommand.class,
      ClusterStatusCommand.class,
      ClusterSubmitCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cluster start --taskmanagers 2",
      "  sluice cluster submit                 the whole judge as one job",
      "  sluice cluster submit gate dataset    these jobs, each on its own",
      "  sluice cluster status --output json",
      "  sluice cluster stop"
    })
final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
