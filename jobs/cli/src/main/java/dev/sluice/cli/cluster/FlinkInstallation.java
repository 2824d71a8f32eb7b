// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.cli.CliException;
import dev.sluice.cli.Home;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build made for a cluster.
 *
 * @param lib what a Flink distribution has in {@code lib/}
 * @param jobs {@code sluice-jobs.jar}, as {@code flink run} takes it
 */
public record FlinkInstallation(Path lib, Path jobs) {
  /** Where the build put it; it may not be there yet. */
  public static FlinkInstallation expected() {
    Path modules = Home.find().resolve("jobs");
    return new FlinkInstallation(
        modules.resolve("flink-dist").resolve("target").resolve("lib"),
        modules.resolve("flink").resolve("target").resolve("sluice-jobs.jar"));
  }

  /**
   * The same, and it is there.
   *
   * @throws CliException when it was not built
   */
  public static FlinkInstallation find() {
    FlinkInstallation expected = expected();
    for (Path path : new Path[] {expected.lib, expected.jobs}) {
      if (!Files.exists(path)) {
        throw CliException.environment(
            "the cluster's part of the build is missing",
            path.toString(),
            "run ./sluice without SLUICE_NO_BUILD, or: mvn -DskipTests package",
            null);
      }
    }
    return expected;
  }

  /** True when the build made both. */
  public boolean complete() {
    return Files.exists(lib) && Files.exists(jobs);
  }

  /** Class path of Flink's processes: nothing of ours. */
  String classPath() {
    return lib.resolve("*").toString();
  }
}
