// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.process;

import dev.sluice.cli.Home;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.drill.DrillCheck;
import dev.sluice.cli.drill.DrillFailure;
import dev.sluice.cli.drill.DrillPlan;
import dev.sluice.cli.drill.DrillStage;
import dev.sluice.cli.drill.input.BucketsOf;
import dev.sluice.cli.drill.input.OtherEngine;
import dev.sluice.cli.drill.input.RecordWriter;
import dev.sluice.schemas.Source;
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

  private static final String NEWER = "newer-1";
  private static final long MINUTE_US = 60 * OtherEngine.SECOND_US;

  private long stoppedUs;
  private long newerTicks;

  Upgrade() {
    super(
        "upgrade",
        "the jobs stop with a savepoint and go on from it with a changed criterion; a breach that"
            + " was being held is still held, and an engine whose records have one more field from"
            + " then on is judged as before");
  }

  @Override
  public void prepare(DrillPlan plan) {
    plan.beside(NEWER);
  }

  @Override
  public void inject(DrillStage stage) throws IOException, InterruptedException {
    Path criteria = changedCriteria(stage.directory().resolve("criteria"));
    long fromUs = stage.eventTimeUs() / OtherEngine.BUCKET_US * OtherEngine.BUCKET_US;
    long untilUs = fromUs + 2 * MINUTE_US;
    try (RecordWriter writer = new RecordWriter(stage.bootstrap())) {
      OtherEngine newer = new OtherEngine(writer, NEWER, Source.SIMULATED, fromUs);
      newer.play(fromUs, fromUs + MINUTE_US, OtherEngine.SECOND_US);
      writer.written();
      Recovery recovery = begin(stage);
      stoppedUs = stage.watermarkUs();
      jobs(stage).restartFromSavepoint(List.of("criteria.dir=" + criteria.toAbsolutePath()), 1);
      recovery.awaitJobs(stage);
      newer.addField("of_a_later_version");
      newer.play(fromUs + MINUTE_US, untilUs, OtherEngine.SECOND_US);
      newer.end(untilUs);
      writer.written();
      newerTicks = newer.ticks();
    }
    BucketsOf.await(stage, NEWER, untilUs - OtherEngine.BUCKET_US);
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
    checks.add(addedField(stage));
    return checks;
  }

  private DrillCheck addedField(DrillStage stage) {
    try (Datasets datasets = new Datasets(stage.datasets())) {
      long judged = BucketsOf.sum(datasets, "buckets", NEWER, false, "ticks");
      long stored = datasets.number("SELECT count(*) FROM ticks WHERE engine_id = '" + NEWER + "'");
      return DrillCheck.of(
          newerTicks > 0 && judged == newerTicks && stored == newerTicks,
          "records with an added field are judged and stored",
          "%,d ticks sent, the second half with a new field; %,d in buckets, %,d stored",
          newerTicks,
          judged,
          stored);
    }
  }

  private static List<String> hashes(List<Verdict> verdicts, long fromUs, long untilUs) {
    return verdicts.stream()
        .filter(verdict -> verdict.eventTimeUs() >= fromUs && verdict.eventTimeUs() <= untilUs)
        .map(Verdict::criteriaHash)
        .distinct()
        .toList();
  }
}
