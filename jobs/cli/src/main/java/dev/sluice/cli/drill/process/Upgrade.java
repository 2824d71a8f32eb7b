// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.Home;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillFailure;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jobs stop with a savepoint and go on from it with a criterion that has changed. */
final class Upgrade extends ClusterFault {
  private static final String CHANGED = "cache-hit";
  private static final String BEFORE = "breach: \"< 0.5\"";
  private static final String AFTER = "breach: \"< 0.4\"";

  private long stoppedUs;

  Upgrade() {
    super(
        "upgrade",
        "the jobs stop with a savepoint and go on from it with a changed criterion; a breach that"
            + " was being held is still held");
  }

  @Override
  public void inject(DrillStage stage) throws IOException, InterruptedException {
    Path criteria = changedCriteria(stage.directory().resolve("criteria"));
    Recovery recovery = begin();
    stoppedUs = stage.watermarkUs();
    jobs(stage).restartFromSavepoint(List.of("criteria.dir=" + criteria.toAbsolutePath()), 1);
    recovery.awaitJobs(stage);
  }

  private static Path changedCriteria(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path from = Home.find().resolve("config").resolve("criteria");
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
    Path changed = directory.resolve(CHANGED + ".yaml");
    String text = Files.readString(changed);
    if (!text.contains(BEFORE)) {
      throw new DrillFailure(CHANGED + " no longer says " + BEFORE);
    }
    Files.writeString(changed, text.replace(BEFORE, AFTER));
    return directory;
  }

  @Override
  public List<DrillCheck> check(DrillStage stage) {
    List<Verdict> said =
        stage.observations().verdicts().stream()
            .filter(verdict -> verdict.criterionId().equals(CHANGED))
            .toList();
    List<String> before = hashes(said, 0, stoppedUs);
    List<String> after = hashes(said, stoppedUs + 120_000_000L, Long.MAX_VALUE);
    List<DrillCheck> checks = new ArrayList<>(super.check(stage));
    checks.add(
        DrillCheck.of(
            before.size() == 1 && after.size() == 1 && !before.equals(after),
            "the changed criterion is in force",
            "%s judged by the text %s before and %s after",
            CHANGED,
            before,
            after));
    return checks;
  }

  private static List<String> hashes(List<Verdict> verdicts, long fromUs, long untilUs) {
    return verdicts.stream()
        .filter(verdict -> verdict.eventTimeUs() >= fromUs && verdict.eventTimeUs() <= untilUs)
        .map(Verdict::criteriaHash)
        .distinct()
        .toList();
  }
}
