// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import dev.sluice.flink.io.WholeFile;
import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetInputFile;
import org.apache.parquet.io.InputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the store, by paths relative to its directory. Any thread. */
final class StoreFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);

  private final Path root;
  private final FileSystem files;

  StoreFiles(URI dir) throws IOException {
    this.root = new Path(dir);
    this.files = root.getFileSystem();
  }

  /** A file that is there under its name from the first byte; fails where there is one. */
  FSDataOutputStream create(String path) throws IOException {
    return files.create(at(path), WriteMode.NO_OVERWRITE);
  }

  /** Writes a file that is there once it is complete. */
  void writeWhole(String path, WholeFile.Content content) throws IOException {
    WholeFile.write(files, at(path), content);
  }

  /** A Parquet file to read; the reader closes it. */
  InputFile parquet(String path) throws IOException {
    Path file = at(path);
    return new ParquetInputFile(files.open(file), files.getFileStatus(file).getLen());
  }

  boolean exists(String path) throws IOException {
    return files.exists(at(path));
  }

  void delete(String path) throws IOException {
    files.delete(at(path), false);
  }

  /** Deletes what nobody will miss; if it cannot be deleted, it stays. */
  void deleteQuietly(String path) {
    try {
      delete(path);
    } catch (IOException e) {
      LOG.warn("{} is of no use and could not be deleted", path, e);
    }
  }

  /** Flink takes the text as it is; in a URI, a percent sign would be decoded. */
  private Path at(String path) {
    return new Path(root + "/" + path);
  }
}
