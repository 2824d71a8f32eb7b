// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.rules.spec.YamlNode;
import java.util.Set;
import java.util.TreeSet;

/** Reads from Alertmanager's own configuration which receivers tell anybody. */
final class AlertmanagerReceivers {
  private AlertmanagerReceivers() {}

  /**
   * Names of the receivers with at least one integration.
   *
   * @param config its configuration, YAML
   */
  static Set<String> withIntegrations(String config) {
    Set<String> names = new TreeSet<>();
    YamlNode root = YamlNode.parse("alertmanager.yml", config);
    YamlNode receivers = root == null ? null : root.map("the configuration").get("receivers");
    if (receivers == null || receivers.items() == null) {
      return names;
    }
    for (YamlNode receiver : receivers.items()) {
      boolean integration =
          receiver.map("receivers").entrySet().stream()
              .anyMatch(
                  field ->
                      field.getKey().endsWith("_configs")
                          && field.getValue().items() != null
                          && !field.getValue().items().isEmpty());
      if (integration) {
        names.add(receiver.fields().get("name").text("name"));
      }
    }
    return names;
  }
}
