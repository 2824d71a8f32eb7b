// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice topics create|list}. */
@Command(
    name = "topics",
    description = "Creates or lists Sluice's topics on a Kafka cluster, and who may use them.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TopicsCommand.Create.class,
      TopicsCommand.ListTopics.class,
      TopicsAclsCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice topics create --bootstrap kafka-1:9092 --partitions 12 --replication 3",
      "  sluice topics list --output json",
      "  sluice topics acls --gate User:gate --operator User:ana --engine User:mm-1"
    })
final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Creates what is missing; existing topics are left as they are. */
  @Command(
      name = "create",
      description = "Creates the topics that are missing; leaves existing ones as they are.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice topics create --bootstrap kafka-1:9092 --partitions 12 --replication 3")
  static final class Create implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Option(
        names = "--partitions",
        defaultValue = "1",
        description = "of each topic (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Option(
        names = "--replication",
        defaultValue = "1",
        description = "replicas of each partition (default: ${DEFAULT-VALUE})")
    private short replication;

    @Override
    public Integer call() throws JsonProcessingException {
      try (TopicsAdmin topics = new TopicsAdmin(bootstrap.access())) {
        List<String> created = topics.create(partitions, replication);
        int existed = Topics.ALL.size() - created.size();
        var out = spec.commandLine().getOut();
        if (output.json()) {
          out.println(
              Json.mapper().writeValueAsString(Map.of("created", created, "existed", existed)));
        } else {
          created.forEach(name -> out.println("created " + name));
          out.println(created.size() + " created, " + existed + " were there");
        }
        return ExitCodes.OK;
      } catch (IllegalStateException e) {
        throw bootstrap.unreachable(e);
      }
    }
  }

  /** Lists them with partitions, cleanup and number of records. */
  @Command(
      name = "list",
      description = "Lists Sluice's topics: partitions, cleanup, records.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = "  sluice topics list --bootstrap kafka-1:9092")
  static final class ListTopics implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private BootstrapOption bootstrap;
    @Mixin private OutputOption output;

    @Override
    public Integer call() throws JsonProcessingException {
      try (TopicsAdmin topics = new TopicsAdmin(bootstrap.access())) {
        List<TopicsAdmin.TopicState> states = topics.list();
        var out = spec.commandLine().getOut();
        if (output.json()) {
          out.println(Json.mapper().writeValueAsString(states));
          return ExitCodes.OK;
        }
        TextTable table = new TextTable("topic", "partitions", "cleanup", "records");
        for (TopicsAdmin.TopicState state : states) {
          table.row(
              state.name(),
              Integer.toString(state.partitions()),
              state.compacted() ? "compact" : "delete",
              Long.toString(state.records()));
        }
        out.print(table.render());
        if (states.size() < Topics.ALL.size()) {
          out.println("missing topics: run 'sluice topics create'");
        }
        out.flush();
        return ExitCodes.OK;
      } catch (IllegalStateException e) {
        throw bootstrap.unreachable(e);
      }
    }
  }
}
