// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import dev.sluice.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what with Sluice's topics: only the gate writes control and leases, only operators
 * write commands and change criteria, an engine writes its own streams and its acknowledgements, a
 * venue the drop copy and its ledger. Kafka refuses what no rule allows. Principals are as Kafka
 * names them, {@code User:gate}. Rights end at topics: that an engine writes under its own key
 * Kafka does not check.
 */
public final class AclRecipe {
  private static final List<String> ENGINE_STREAMS =
      List.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER);
  private static final List<String> JUDGED =
      List.of(
          Topics.BUCKETS,
          Topics.VERDICTS,
          Topics.FINDINGS,
          Topics.DRIFT,
          Topics.AUDIT,
          Topics.TRIALS,
          Topics.PARITY,
          Topics.AMENDMENTS,
          Topics.CALIBRATION,
          Topics.CRITERIA_ACKS,
          Topics.DEADLETTERS);
  private static final List<String> EVERYTHING =
      Topics.ALL.stream().map(Topics.Spec::name).toList();
  private static final String ANY_HOST = "*";

  private final List<AclBinding> bindings = new ArrayList<>();
  private final String groupPrefix;

  /**
   * An empty recipe.
   *
   * @param groupPrefix {@code kafka.group_prefix} of the jobs: their consumer groups begin with it
   */
  public AclRecipe(String groupPrefix) {
    this.groupPrefix = groupPrefix;
  }

  /**
   * Reads verdicts, acknowledgements and commands; alone writes control, leases and the audit log.
   */
  public AclRecipe gate(Collection<String> principals) {
    grant(principals, AclOperation.READ, List.of(Topics.VERDICTS, Topics.ACKS, Topics.COMMANDS));
    grant(
        principals,
        AclOperation.WRITE,
        List.of(
            Topics.CONTROL, Topics.LEASES, Topics.VERDICTS, Topics.AUDIT_LOG, Topics.DEADLETTERS));
    groups(principals);
    return this;
  }

  /** Every job but the gate; with AllJobs both are one principal. */
  public AclRecipe judges(Collection<String> principals) {
    grant(principals, AclOperation.READ, EVERYTHING);
    grant(principals, AclOperation.WRITE, JUDGED);
    groups(principals);
    return this;
  }

  /** Read everything, alone write commands and criteria. */
  public AclRecipe operators(Collection<String> principals) {
    grant(principals, AclOperation.READ, EVERYTHING);
    grant(principals, AclOperation.WRITE, List.of(Topics.COMMANDS, Topics.CRITERIA));
    return this;
  }

  /** Write their own streams and acknowledgements, read what they must obey. */
  public AclRecipe engines(Collection<String> principals) {
    grant(principals, AclOperation.WRITE, ENGINE_STREAMS);
    grant(principals, AclOperation.WRITE, List.of(Topics.ACKS));
    grant(principals, AclOperation.READ, List.of(Topics.CONTROL, Topics.LEASES));
    return this;
  }

  /** Write the drop copy and the venue's side of the ledger. */
  public AclRecipe venues(Collection<String> principals) {
    grant(principals, AclOperation.WRITE, List.of(Topics.DROPCOPY, Topics.LEDGER));
    return this;
  }

  /** Read verdicts and decisions, tell people, and write what they told. */
  public AclRecipe notifiers(Collection<String> principals) {
    grant(
        principals,
        AclOperation.READ,
        List.of(Topics.VERDICTS, Topics.CONTROL, Topics.NOTIFICATIONS));
    grant(principals, AclOperation.WRITE, List.of(Topics.NOTIFICATIONS));
    groups(principals);
    return this;
  }

  /** Read everything, write nothing. */
  public AclRecipe readers(Collection<String> principals) {
    grant(principals, AclOperation.READ, EVERYTHING);
    return this;
  }

  /** The rules, each once, in a fixed order. */
  public List<AclBinding> bindings() {
    return bindings.stream().distinct().toList();
  }

  /** One line of Kafka's own tool for a rule. */
  public static String kafkaAcls(AclBinding rule) {
    boolean topic = rule.pattern().resourceType() == ResourceType.TOPIC;
    return "kafka-acls.sh --bootstrap-server \"$BOOTSTRAP\" --command-config admin.properties --add"
        + " --allow-principal '"
        + rule.entry().principal()
        + "' --operation "
        + rule.entry().operation()
        + (topic ? " --topic " : " --group ")
        + rule.pattern().name()
        + (rule.pattern().patternType() == PatternType.PREFIXED
            ? " --resource-pattern-type prefixed"
            : "");
  }

  private void grant(
      Collection<String> principals, AclOperation operation, Collection<String> topics) {
    for (String principal : principals) {
      for (String topic : topics) {
        add(
            principal,
            operation,
            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL));
      }
    }
  }

  private void groups(Collection<String> principals) {
    for (String principal : principals) {
      add(
          principal,
          AclOperation.READ,
          new ResourcePattern(ResourceType.GROUP, groupPrefix + "-", PatternType.PREFIXED));
    }
  }

  private void add(String principal, AclOperation operation, ResourcePattern pattern) {
    bindings.add(
        new AclBinding(
            pattern,
            new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)));
  }
}
