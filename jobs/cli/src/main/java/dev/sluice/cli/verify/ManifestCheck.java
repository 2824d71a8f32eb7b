// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.rules.completeness.CheckResult;
import dev.sluice.rules.completeness.CompletenessCheck;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Compares the files that are there with the manifests beside them. */
public final class ManifestCheck {
  private static final int NAMED = 3;

  private final DatasetFiles files;
  private final Consumer<String> progress;
  private final List<CompletenessCheck> checks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * What was found.
   *
   * @param checks one per manifest
   * @param manifests how many there are
   * @param notes files that are newer than their manifest
   */
  public record Result(List<CompletenessCheck> checks, int manifests, List<String> notes) {
    /** Nothing was compared. */
    public static final Result NONE = new Result(List.of(), 0, List.of());
  }

  private ManifestCheck(DatasetFiles files, Consumer<String> progress) {
    this.files = files;
    this.progress = progress;
  }

  /** Reads every manifest and every file it names. */
  public static Result of(DatasetFiles files, Consumer<String> progress) throws IOException {
    ManifestCheck check = new ManifestCheck(files, progress);
    List<String> manifests = files.named(Manifest.NAME);
    for (String path : manifests) {
      check.compare(path);
    }
    return new Result(List.copyOf(check.checks), manifests.size(), List.copyOf(check.notes));
  }

  private void compare(String path) throws IOException {
    String directory = path.substring(0, path.length() - Manifest.NAME.length() - 1);
    progress.accept("comparing " + directory + " with its manifest");
    Manifest manifest;
    try (InputStream in = files.open(path)) {
      manifest = Manifest.read(in.readAllBytes());
    } catch (MalformedException e) {
      checks.add(
          new CompletenessCheck(
              "manifest",
              path,
              CheckResult.FAIL,
              null,
              0.0,
              path + " cannot be read: " + e.getMessage() + "; write it again"));
      return;
    }
    Set<String> there = new HashSet<>();
    files
        .below(directory, ".parquet")
        .forEach(f -> there.add(f.path().substring(directory.length() + 1)));
    List<String> wrong = new ArrayList<>();
    for (Manifest.Part part : manifest.files()) {
      if (!there.remove(part.path())) {
        wrong.add(part.path() + " is missing");
      } else if (!sha256(directory + "/" + part.path()).equals(part.sha256())) {
        wrong.add(part.path() + " was altered");
      }
    }
    if (!there.isEmpty()) {
      notes.add(
          directory
              + ": "
              + there.size()
              + (there.size() == 1 ? " file is" : " files are")
              + " newer than the manifest: "
              + some(there.stream().sorted().toList())
              + "; `sluice manifest` takes them in");
    }
    checks.add(check(directory, manifest, wrong));
  }

  private static CompletenessCheck check(String directory, Manifest manifest, List<String> wrong) {
    return new CompletenessCheck(
        "manifest",
        directory,
        wrong.isEmpty() ? CheckResult.PASS : CheckResult.FAIL,
        (double) wrong.size(),
        0.0,
        directory
            + (wrong.isEmpty()
                ? ": all " + manifest.files().size() + " files are as its manifest has them"
                : ": "
                    + some(wrong)
                    + "; fetch the files again, or write the manifest anew when they were"
                    + " compacted on purpose"));
  }

  private static String some(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
        + (all.size() > NAMED ? ", and " + (all.size() - NAMED) + " more" : "");
  }

  private String sha256(String path) throws IOException {
    try (InputStream in = files.open(path)) {
      return FileHash.of(in);
    }
  }
}
