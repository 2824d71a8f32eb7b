// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The files below one directory or {@code s3://} prefix, through Flink's file systems. Files and
 * directories below it whose names begin with a dot or an underscore are no data and never listed.
 * Any thread.
 */
public final class DatasetFiles {
  private final Path root;
  private final FileSystem files;

  /**
   * One file.
   *
   * @param path relative to the root, with {@code /} between the parts, as it is written on disk
   *     (nothing is decoded)
   * @param sizeBytes its length
   * @param modifiedMs epoch milliseconds of the last change; object stores say when it was put
   */
  public record Found(String path, long sizeBytes, long modifiedMs) {}

  private DatasetFiles(Path root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /**
   * The files below a directory; it need not exist.
   *
   * @param directory a path, relative to the working directory or absolute, or a URI such as {@code
   *     s3://bucket/prefix}
   * @throws IOException when no file system of the URI's scheme is there, or it cannot be reached
   */
  public static DatasetFiles below(String directory) throws IOException {
    return below(Locations.uri(directory));
  }

  /** The files below a URI. */
  public static DatasetFiles below(URI directory) throws IOException {
    FilePlugins.loadFor(directory);
    Path root = new Path(directory);
    return new DatasetFiles(root, root.getFileSystem());
  }

  /** Where the files are. */
  public URI root() {
    return root.toUri();
  }

  /** Every finished Parquet file below the root, by path. */
  public List<Found> parquet() throws IOException {
    return below("", ".parquet");
  }

  /**
   * Every finished file below a directory whose name ends so, by path; none when there is no such
   * directory.
   *
   * @param directory relative to the root; empty for the root itself
   */
  public List<Found> below(String directory, String suffix) throws IOException {
    List<Found> found = new ArrayList<>();
    collect(directory, suffix, found);
    found.sort(Comparator.comparing(Found::path));
    return List.copyOf(found);
  }

  private void collect(String directory, String suffix, List<Found> into) throws IOException {
    for (FileStatus status : list(directory)) {
      String name = status.getPath().getName();
      String path = directory.isEmpty() ? name : directory + "/" + name;
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (status.isDir()) {
        collect(path, suffix, into);
      } else if (name.endsWith(suffix)) {
        into.add(new Found(path, status.getLen(), status.getModificationTime()));
      }
    }
  }

  /**
   * Paths of every file of this name in the directories below the root, sorted; also of one whose
   * name begins with an underscore, such as a manifest.
   */
  public List<String> named(String name) throws IOException {
    List<String> found = new ArrayList<>();
    named("", name, found);
    return found.stream().sorted().toList();
  }

  private void named(String directory, String name, List<String> into) throws IOException {
    for (FileStatus status : list(directory)) {
      String each = status.getPath().getName();
      String path = directory.isEmpty() ? each : directory + "/" + each;
      if (status.isDir() && !each.startsWith(".") && !each.startsWith("_")) {
        named(path, name, into);
      } else if (!status.isDir() && each.equals(name)) {
        into.add(path);
      }
    }
  }

  private FileStatus[] list(String directory) throws IOException {
    FileStatus[] listed;
    try {
      listed = files.listStatus(at(directory));
    } catch (FileNotFoundException e) {
      listed = null;
    }
    return listed == null ? new FileStatus[0] : listed;
  }

  /** Whether there is such a file or directory. */
  public boolean exists(String path) throws IOException {
    return files.exists(at(path));
  }

  /**
   * Reads a file; the caller closes it.
   *
   * @param path relative to the root
   */
  public InputStream open(String path) throws IOException {
    return files.open(at(path));
  }

  /**
   * Writes a small file so that whoever reads it sees the old content or the new, never a part.
   *
   * @param path relative to the root
   */
  public void write(String path, byte[] content) throws IOException {
    WholeFile.write(files, at(path), out -> out.write(content));
  }

  /** A file as Flink names it. */
  private Path at(String path) {
    return path.isEmpty() ? root : new Path(root + "/" + path);
  }
}
