// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file for Parquet through Flink's file systems, so that every URI they know can be read. */
final class FlinkInputFile implements InputFile {
  private final Path path;
  private final FileSystem files;
  private final long length;

  FlinkInputFile(String uri) throws IOException {
    path = new Path(uri);
    files = path.getFileSystem();
    length = files.getFileStatus(path).getLen();
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    FSDataInputStream in = files.open(path);
    return new DelegatingSeekableInputStream(in) {
      @Override
      public long getPos() throws IOException {
        return in.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        in.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
