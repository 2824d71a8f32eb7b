// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterOptions;
import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice cluster start}: returns when the cluster answers, and leaves it running. */
@Command(
    name = "start",
    description = {
      "Starts a cluster and returns once it answers; its processes go on without this one.",
      "A directory that was used before is taken up again: topics are as they were, and jobs that",
      "were not stopped go on from their last checkpoint."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice cluster start",
      "  sluice cluster start --taskmanagers 2 --slots 8 --partitions 2",
      "  sluice cluster start --bootstrap kafka-1:9092       starts no broker",
      "  sluice cluster start --web-submit                   jars may be uploaded by REST",
      "  sluice cluster start --flink jobmanager.scheduler=adaptive"
    })
final class ClusterStartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterDirOption dir;
  @Mixin private OutputOption output;

  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      defaultValue = "1",
      description = "TaskManagers (default: ${DEFAULT-VALUE})")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "K",
      defaultValue = "4",
      description = "task slots of each; a job takes as many as its parallelism (default: 4)")
  private int slots;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT[,…]",
      defaultValue = "",
      description = "Kafka to use; without it the cluster has a broker of its own, with the topics")
  private String bootstrap;

  @Option(
      names = "--broker-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "of the cluster's own broker; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int brokerPort;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "1",
      description = "of each topic of the cluster's own broker (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Option(
      names = "--rest-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Flink's REST API and web UI; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int restPort;

  @Option(
      names = "--web-submit",
      description = "lets whoever reaches the REST port upload and run jars (default: nobody)")
  private boolean webSubmit;

  @Option(
      names = "--flink",
      paramLabel = "KEY=VALUE",
      description = "one more setting of Flink, such as heartbeat.timeout=30s")
  private Map<String, String> flink = new HashMap<>();

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    ClusterOptions options =
        new ClusterOptions(
            dir.directory(),
            taskManagers,
            slots,
            bootstrap,
            brokerPort,
            partitions,
            restPort,
            webSubmit,
            true,
            flink);
    LocalCluster cluster = LocalCluster.start(options, step -> err.println("sluice: " + step));
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(ClusterStatusCommand.Status.of(cluster)));
    } else {
      out.println("Kafka serves at " + cluster.bootstrap());
      out.println("Flink's web UI is at " + cluster.rest().address());
      out.println("next: sluice cluster submit; end it with: sluice cluster stop");
    }
    return ExitCodes.OK;
  }
}
