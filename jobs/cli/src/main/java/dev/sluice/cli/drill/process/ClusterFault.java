// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.cluster.LocalCluster;
import dev.sluice.cli.cluster.Role;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fault of a process of the cluster: its name, its figures and its checks. */
abstract class ClusterFault implements Fault {
  /** Event time; the HALT falls due 2.5 s of wall clock later, while there is nobody to say it. */
  static final long BEFORE_THE_HALT_MS = DrillPlan.HALT_DUE_MS - 150_000;

  /** What was seen at once, for the report. */
  private final List<DrillCheck> checks = new ArrayList<>();

  private final String name;
  private final String about;
  private Recovery recovery;

  ClusterFault(String name, String about) {
    this.name = name;
    this.about = about;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String about() {
    return about;
  }

  @Override
  public final boolean needsCluster() {
    return true;
  }

  /** The clock of the recovery starts now. */
  final Recovery begin(DrillStage stage) {
    recovery = new Recovery(stage);
    return recovery;
  }

  /** Keeps what was seen during the fault. */
  final void saw(boolean pass, String what, String found, Object... values) {
    checks.add(DrillCheck.of(pass, what, found, values));
  }

  static LocalCluster cluster(DrillStage stage) {
    return ClusterSite.of(stage).cluster();
  }

  static ClusterJudge jobs(DrillStage stage) {
    return ClusterSite.of(stage).jobs();
  }

  /** Waits until the engine has a lease, so that losing it is seen. */
  static void awaitRunningEngine(DrillStage stage) throws InterruptedException {
    stage.await("the engine runs", Recovery.LIMIT, () -> stage.engineMode().equals("RUN"));
  }

  /** The TaskManager with that resource id. */
  static Role role(String resourceId) {
    return Role.taskManager(Integer.parseInt(resourceId.substring(resourceId.indexOf('-') + 1)));
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    return List.copyOf(checks);
  }

  @Override
  public final Map<String, Object> figures() {
    return recovery == null ? Map.of() : recovery.figures();
  }
}
