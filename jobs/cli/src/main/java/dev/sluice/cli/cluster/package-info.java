// SPDX-License-Identifier: Apache-2.0
/**
 * A local cluster of real processes: broker, ZooKeeper, JobManager, TaskManagers. Start reading at
 * {@link dev.sluice.cli.cluster.LocalCluster}.
 */
package dev.sluice.cli.cluster;
