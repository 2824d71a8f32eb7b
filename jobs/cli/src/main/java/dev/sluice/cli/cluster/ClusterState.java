// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.cli.process.DetachedProcess;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code cluster.json} holds: enough for another process to take the cluster over.
 *
 * @param options it was started with
 * @param ports its processes keep
 * @param processes by {@link Role#fileName()}; also those that died
 */
record ClusterState(
    ClusterOptions options, ClusterPorts ports, Map<String, DetachedProcess.Id> processes) {
  ClusterState {
    processes = Map.copyOf(processes);
  }

  /** With the process that has the role from now on. */
  ClusterState with(Role role, DetachedProcess.Id id) {
    Map<String, DetachedProcess.Id> next = new TreeMap<>(processes);
    next.put(role.fileName(), id);
    return new ClusterState(options, ports, next);
  }
}
