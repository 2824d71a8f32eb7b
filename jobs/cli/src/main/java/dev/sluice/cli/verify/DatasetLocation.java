// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.verify;

import dev.sluice.cli.Cleanup;
import dev.sluice.cli.CliException;
import dev.sluice.flink.io.DatasetFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Datasets in a directory or below a URI, with a local directory that DuckDB can read. What is not
 * local is copied into a temporary directory, which {@link #close} deletes.
 */
public final class DatasetLocation implements AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final String given;
  private final DatasetFiles files;
  private final boolean remote;
  private Path local;

  private DatasetLocation(String given, DatasetFiles files) {
    this.given = given;
    this.files = files;
    this.remote = !"file".equals(files.root().getScheme());
    this.local = remote ? null : Path.of(files.root());
  }

  /**
   * Opens a directory or URI.
   *
   * @throws CliException when there is no such directory, or nothing that can read the URI
   */
  public static DatasetLocation of(String directoryOrUri) {
    DatasetLocation location;
    try {
      location = new DatasetLocation(directoryOrUri, DatasetFiles.below(directoryOrUri));
    } catch (IOException e) {
      throw CliException.environment(
          "cannot reach the datasets: " + e.getMessage(), directoryOrUri, "check the URI", e);
    }
    if (!location.remote && !Files.isDirectory(location.local)) {
      throw CliException.usage(
          "no such directory", directoryOrUri, "give the datasets directory of a run, or a URI");
    }
    return location;
  }

  /** As it was given. */
  public String given() {
    return given;
  }

  /** Where the files really are. */
  public DatasetFiles files() {
    return files;
  }

  /** Finished files that are wanted, relative to the root. */
  public List<DatasetFiles.Found> finished(Predicate<DatasetFiles.Found> wanted)
      throws IOException {
    return files.parquet().stream().filter(wanted).toList();
  }

  /**
   * A local directory with those files; of a URI the copy is made at the first call.
   *
   * @param progress told how far a copy is
   */
  public Path local(List<DatasetFiles.Found> wanted, Consumer<String> progress) throws IOException {
    if (local == null) {
      local = Files.createTempDirectory("sluice-datasets-");
      copy(wanted, progress);
    }
    return local;
  }

  private void copy(List<DatasetFiles.Found> wanted, Consumer<String> progress) throws IOException {
    long all = wanted.stream().mapToLong(DatasetFiles.Found::sizeBytes).sum();
    long done = 0;
    for (int f = 0; f < wanted.size(); f++) {
      DatasetFiles.Found file = wanted.get(f);
      progress.accept(
          String.format(
              Locale.ROOT,
              "copying file %,d of %,d, %,d of %,d MB",
              f + 1,
              wanted.size(),
              done / MEGABYTE,
              all / MEGABYTE));
      Path to = local.resolve(file.path());
      Files.createDirectories(to.getParent());
      try (InputStream in = files.open(file.path())) {
        Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
      }
      done += file.sizeBytes();
    }
  }

  @Override
  public void close() {
    if (remote && local != null) {
      Cleanup.delete(local);
    }
  }
}
