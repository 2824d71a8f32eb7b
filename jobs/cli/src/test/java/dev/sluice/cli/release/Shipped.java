// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.baseline.Baseline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the repository ships, and settings that suit a {@link GateWorld}. */
final class Shipped {
  private Shipped() {}

  /** Root of the repository. */
  static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
        .filter(p -> Files.exists(p.resolve("config/sluice.yaml")))
        .findFirst()
        .orElseThrow();
  }

  static GateSettings settings(GateWorld world, long asOfUs) {
    return settings(world, List.of(GateWorld.baseline()), asOfUs);
  }

  /** With other baselines, or with none. */
  static GateSettings settings(GateWorld world, List<Baseline> baselines, long asOfUs) {
    return new GateSettings(
        "here",
        asOfUs,
        null,
        null,
        null,
        null,
        null,
        baselines,
        world.configuration(),
        List.of(world.logs()),
        List.of(),
        List.of("Ada"),
        "sluice test");
  }
}
