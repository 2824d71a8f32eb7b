// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.util.IOUtils;

/**
 * A file that whoever reads it sees whole or not at all: locally a renamed one, on S3 one upload.
 */
public final class WholeFile {
  private WholeFile() {}

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; does not close the stream. */
    void writeTo(RecoverableFsDataOutputStream out) throws IOException;
  }

  /**
   * Writes one and shows it, in place of one of that name. Any thread.
   *
   * @throws IOException when it cannot be written; then nothing of it is seen. On S3 parts of the
   *     upload may stay, which only a listing of unfinished uploads shows
   */
  public static void write(FileSystem files, Path path, Content content) throws IOException {
    RecoverableFsDataOutputStream out = files.createRecoverableWriter().open(path);
    boolean shown = false;
    try {
      content.writeTo(out);
      out.closeForCommit().commit();
      shown = true;
    } finally {
      if (!shown) {
        // Only then: closing a stream that was committed is an error on S3.
        IOUtils.closeQuietly(out);
      }
    }
  }
}
