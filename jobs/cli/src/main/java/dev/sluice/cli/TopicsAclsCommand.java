// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.broker.AclRecipe;
import dev.sluice.cli.broker.AclsAdmin;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice topics acls}: who may do what, printed, applied or compared. */
@Command(
    name = "acls",
    description = {
      "The rights that Sluice needs and no more: only the gate writes control and leases, only",
      "operators write commands. Prints them; --apply creates them; --check compares.",
      "Principals are as Kafka names them, for example User:gate."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice topics acls --gate User:gate --operator User:ana --engine User:mm-1",
      "  sluice topics acls --gate User:gate --operator User:ana --engine User:mm-1 --apply \\",
      "      --bootstrap kafka-1:9093 --kafka-properties admin.properties"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed, applied, or as it must be",
      "1:--check has found a right missing, or one that the recipe does not know",
      "2:wrong use",
      "3:the cluster refused or did not answer"
    })
final class TopicsAclsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BootstrapOption bootstrap;
  @Mixin private OutputOption output;

  @Option(
      names = "--gate",
      paramLabel = "PRINCIPAL",
      required = true,
      description = "runs GateJob or AllJobs")
  private List<String> gate = List.of();

  @Option(
      names = "--judge",
      paramLabel = "PRINCIPAL",
      description = "runs the other jobs; may be repeated (default: the gate's, for AllJobs)")
  private List<String> judges = List.of();

  @Option(
      names = "--operator",
      paramLabel = "PRINCIPAL",
      description = "sends commands; may be repeated")
  private List<String> operators = List.of();

  @Option(names = "--engine", paramLabel = "PRINCIPAL", description = "an engine; may be repeated")
  private List<String> engines = List.of();

  @Option(
      names = "--venue",
      paramLabel = "PRINCIPAL",
      description =
          "publishes the drop copy; may be repeated. The engine's own where the paper exchange runs"
              + " inside it")
  private List<String> venues = List.of();

  @Option(
      names = "--notifier",
      paramLabel = "PRINCIPAL",
      description = "runs sluice notify; may be repeated")
  private List<String> notifiers = List.of();

  @Option(
      names = "--reader",
      paramLabel = "PRINCIPAL",
      description = "reads everything; may be repeated")
  private List<String> readers = List.of();

  @Option(
      names = "--group-prefix",
      defaultValue = "sluice",
      description = "kafka.group_prefix of the jobs (default: ${DEFAULT-VALUE})")
  private String groupPrefix;

  @Option(names = "--apply", description = "creates them at --bootstrap")
  private boolean apply;

  @Option(names = "--check", description = "compares them with those at --bootstrap")
  private boolean check;

  @Override
  public Integer call() throws JsonProcessingException {
    for (List<String> role :
        List.of(gate, judges, operators, engines, venues, notifiers, readers)) {
      role.forEach(TopicsAclsCommand::refuseUnlessPrincipal);
    }
    List<AclBinding> rules =
        new AclRecipe(groupPrefix)
            .gate(gate)
            .judges(judges.isEmpty() ? gate : judges)
            .operators(operators)
            .engines(engines)
            .venues(venues)
            .notifiers(notifiers)
            .readers(readers)
            .bindings();
    if (!apply && !check) {
      print(rules);
      return ExitCodes.OK;
    }
    try (AclsAdmin admin = new AclsAdmin(bootstrap.access())) {
      if (apply) {
        admin.create(rules);
      }
      return compared(rules, admin.missing(rules), admin.foreign(rules));
    } catch (IllegalStateException | KafkaException e) {
      throw bootstrap.unreachable(e);
    }
  }

  private static void refuseUnlessPrincipal(String principal) {
    if (!principal.matches("[A-Za-z]+:[^'\\s]+")) {
      throw CliException.usage(
          "not a principal", principal, "write it as Kafka does, for example User:gate");
    }
  }

  private void print(List<AclBinding> rules) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(
          Json.mapper()
              .writeValueAsString(
                  Map.of(
                      "rules",
                      worded(rules),
                      "commands",
                      rules.stream().map(AclRecipe::kafkaAcls).toList())));
      return;
    }
    TextTable table = new TextTable("principal", "may", "on");
    rules.forEach(
        rule ->
            table.row(
                rule.entry().principal(), rule.entry().operation().toString(), resource(rule)));
    out.print(table.render());
    out.println();
    out.println("with Kafka's own tool:");
    rules.forEach(rule -> out.println(AclRecipe.kafkaAcls(rule)));
    out.flush();
  }

  /** With {@code --apply} alone a foreign rule is told, and is no failure. */
  private int compared(List<AclBinding> rules, List<AclBinding> missing, List<AclBinding> foreign)
      throws JsonProcessingException {
    boolean right = missing.isEmpty() && (foreign.isEmpty() || !check);
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(
          Json.mapper()
              .writeValueAsString(
                  Map.of(
                      "rules",
                      rules.size(),
                      "missing",
                      worded(missing),
                      "foreign",
                      worded(foreign),
                      "pass",
                      right)));
    } else {
      out.println(rules.size() - missing.size() + " of " + rules.size() + " rights are there");
      missing.forEach(rule -> out.println("missing: " + sentence(rule)));
      foreign.forEach(rule -> out.println("not in the recipe: " + sentence(rule)));
    }
    out.flush();
    return right ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private static List<Map<String, String>> worded(List<AclBinding> rules) {
    return rules.stream().map(TopicsAclsCommand::worded).toList();
  }

  private static Map<String, String> worded(AclBinding rule) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("principal", rule.entry().principal());
    words.put("permission", rule.entry().permissionType().toString());
    words.put("operation", rule.entry().operation().toString());
    words.put("resource_type", rule.pattern().resourceType().toString());
    words.put("resource", rule.pattern().name());
    words.put("pattern", rule.pattern().patternType().toString());
    return words;
  }

  private static String sentence(AclBinding rule) {
    return rule.entry().permissionType()
        + " "
        + rule.entry().principal()
        + " "
        + rule.entry().operation()
        + " on "
        + resource(rule);
  }

  private static String resource(AclBinding rule) {
    boolean prefix = rule.pattern().patternType() == PatternType.PREFIXED;
    boolean group = rule.pattern().resourceType() == ResourceType.GROUP;
    return (group ? "groups " : "") + rule.pattern().name() + (prefix ? "…" : "");
  }
}
