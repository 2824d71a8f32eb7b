// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.flags.EngineFlags;
import dev.sluice.cli.flags.FlagsSnapshot;
import dev.sluice.rules.baseline.Baseline;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /** A snapshot of the only engine, with the flags that it tells. */
  private static FlagsFile flags() {
    FlagsSnapshot snapshot =
        FlagsSnapshot.of(
            1,
            List.of(
                new EngineFlags(
                    "mm-1", "r1", "b1", "c1", 1, Source.LIVE, Map.of("pipeline", true))));
    return new FlagsFile(Json.write(snapshot), snapshot);
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
        flags(),
        baselines,
        world.configuration(),
        List.of(world.logs()),
        List.of(),
        List.of("Ada"),
        "sluice test");
  }
}
