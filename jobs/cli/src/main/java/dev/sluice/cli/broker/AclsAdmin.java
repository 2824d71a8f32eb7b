// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** Creates rights at a cluster and compares them with those that a recipe asks for. One thread. */
public final class AclsAdmin implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Comparator<AclBinding> BY_NAME =
      Comparator.comparing((AclBinding rule) -> rule.pattern().name())
          .thenComparing(rule -> rule.entry().principal())
          .thenComparing(rule -> rule.entry().operation());

  private final Admin admin;

  /** Connects lazily. */
  public AclsAdmin(KafkaAccess kafka) {
    admin =
        Admin.create(
            kafka.client(
                Map.of(
                    "default.api.timeout.ms",
                    (int) TIMEOUT.toMillis(),
                    "request.timeout.ms",
                    (int) TIMEOUT.toMillis() / 2)));
  }

  /**
   * Creates rules; those that exist stay.
   *
   * @throws IllegalStateException when the cluster refuses or does not answer
   */
  public void create(Collection<AclBinding> rules) {
    await("create rights", admin.createAcls(rules).all());
  }

  /**
   * What the cluster has about Sluice's topics: every rule that matches one, by its name, a prefix
   * or any name.
   *
   * @throws IllegalStateException when the cluster refuses or does not answer
   */
  public Set<AclBinding> aboutTopics() {
    Set<AclBinding> found = new LinkedHashSet<>();
    for (Topics.Spec topic : Topics.ALL) {
      found.addAll(matching(ResourceType.TOPIC, topic.name()));
    }
    return found;
  }

  /** Rules of {@code wanted} that the cluster does not have. */
  public List<AclBinding> missing(Collection<AclBinding> wanted) {
    Set<AclBinding> there = aboutTopics();
    wanted.stream()
        .filter(rule -> rule.pattern().resourceType() == ResourceType.GROUP)
        .map(rule -> rule.pattern().name())
        .distinct()
        .forEach(group -> there.addAll(matching(ResourceType.GROUP, group)));
    return wanted.stream().filter(rule -> !there.contains(rule)).sorted(BY_NAME).toList();
  }

  /** Rules about Sluice's topics that the recipe does not know: somebody may do more. */
  public List<AclBinding> foreign(Collection<AclBinding> wanted) {
    return aboutTopics().stream().filter(rule -> !wanted.contains(rule)).sorted(BY_NAME).toList();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }

  private Collection<AclBinding> matching(ResourceType type, String name) {
    ResourcePatternFilter pattern = new ResourcePatternFilter(type, name, PatternType.MATCH);
    return await(
        "read rights",
        admin.describeAcls(new AclBindingFilter(pattern, AccessControlEntryFilter.ANY)).values());
  }

  private static <T> T await(String what, KafkaFuture<T> answer) {
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot " + what + ": " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("cannot " + what + ": no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking to " + what, e);
    }
  }
}
