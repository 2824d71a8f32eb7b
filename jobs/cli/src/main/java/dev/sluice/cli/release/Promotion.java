// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sluice.cli.CliException;
import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.schemas.Nullable;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a release into its archive: {@code <to>/<version>/} with the bundle, the logs, the notes and
 * at last {@code release.json}, without which it is none. A release that is there is never changed;
 * one that was broken off is written anew.
 */
public final class Promotion {
  private static final String RECORD = "release.json";
  private static final ObjectWriter WRITER = Json.mapper().writerWithDefaultPrettyPrinter();

  private final DatasetFiles archive;
  private final String where;
  private final String version;
  private final GitCheckout git;

  /**
   * One release.
   *
   * @param tag in git; null where there is no checkout, or it is a rehearsal
   * @param commit that was checked out; null where there is no checkout
   * @param alteredCheckout tracked files differed from the commit
   */
  public record Release(
      String schema,
      String version,
      String stage,
      boolean rehearsal,
      String bundleId,
      long promotedAtUs,
      @Nullable String tag,
      @Nullable String commit,
      boolean alteredCheckout,
      List<String> approvers) {
    public static final String SCHEMA = "release.v1";
  }

  /**
   * Into an archive.
   *
   * @param to directory or URI
   * @param checkout directory that may be in a git checkout
   */
  public Promotion(String to, String version, Path checkout) throws IOException {
    this.where = (to.endsWith("/") ? to : to + "/") + version;
    this.archive = DatasetFiles.below(where);
    this.version = version;
    this.git = new GitCheckout(checkout);
  }

  /** Where this release is, or will be. */
  public String where() {
    return where;
  }

  /** The release as it was promoted before; null when it was not. */
  public Release before() throws IOException {
    if (!archive.exists(RECORD)) {
      return null;
    }
    try (InputStream in = archive.open(RECORD)) {
      return Json.read(in.readAllBytes(), Release.class);
    } catch (MalformedException e) {
      throw CliException.environment(
          "the archive's " + RECORD + " cannot be read",
          where,
          "look at it; nothing was changed",
          e);
    }
  }

  /**
   * Archives, tags and records.
   *
   * @param logs directories that are archived too
   * @param nowUs wall clock
   */
  public Release promote(
      GateRun.Outcome outcome, StageYaml gates, GateSettings settings, List<Path> logs, long nowUs)
      throws IOException {
    GateRunReport report = outcome.report();
    boolean checkout = git.there();
    String commit = checkout ? git.head() : null;
    String lastTag = checkout ? git.lastTag() : null;
    if (checkout && !report.rehearsal()) {
      refuseOther(commit);
    }
    Bundle bundle = Bundle.of(report, Bundle.contents(outcome, gates, settings));
    for (var file : Bundle.contents(outcome, gates, settings).entrySet()) {
      archive.write("bundle/" + file.getKey(), file.getValue());
    }
    archive.write("bundle/" + Bundle.MANIFEST, bundle.json());
    for (int i = 0; i < logs.size(); i++) {
      archive(i + 1, logs.get(i));
    }
    List<String> log = checkout ? git.log(version.equals(lastTag) ? null : lastTag) : List.of();
    String notes = ReleaseNotes.of(version, report, bundle.bundleId(), commit, lastTag, log);
    archive.write("release-notes.md", notes.getBytes(StandardCharsets.UTF_8));
    Release release =
        new Release(
            Release.SCHEMA,
            version,
            report.stage(),
            report.rehearsal(),
            bundle.bundleId(),
            nowUs,
            checkout && !report.rehearsal() ? version : null,
            commit,
            checkout && git.altered(),
            report.approvers());
    if (release.tag() != null && git.tagged(version) == null) {
      tag(report, bundle.bundleId());
    }
    archive.write(
        RECORD, (WRITER.writeValueAsString(release) + "\n").getBytes(StandardCharsets.UTF_8));
    return release;
  }

  private void refuseOther(String commit) {
    String tagged = git.tagged(version);
    if (tagged != null && !tagged.equals(commit)) {
      throw CliException.usage(
          "the tag " + version + " is of another commit, " + tagged,
          "git",
          "give another --version; a tag is never moved");
    }
  }

  private void tag(GateRunReport report, String bundleId) {
    try {
      git.tag(
          version, "Stage " + report.stage() + " is " + report.decision() + "; bundle " + bundleId);
    } catch (IOException e) {
      throw CliException.environment(
          "git cannot tag " + version + ": " + e.getMessage(),
          where,
          "mend it, and promote again",
          e);
    }
  }

  /** The number keeps directories of the same last name apart. */
  private void archive(int number, Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        archive.write(
            "logs/"
                + number
                + "-"
                + directory.toAbsolutePath().normalize().getFileName()
                + "/"
                + name,
            Files.readAllBytes(file));
      }
    }
  }
}
