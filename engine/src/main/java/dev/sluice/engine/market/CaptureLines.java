// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.market;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Lines of a file as bytes, gzip (known by its first two bytes) or plain. */
final class CaptureLines implements Closeable {
  /** Longest line kept; the rest of a longer one is passed over. */
  static final int MAX_LINE_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 12];
  private int length;
  private boolean overlong;

  CaptureLines(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      this.in = gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Reads the next line; false at the end of the file. */
  boolean next() throws IOException {
    length = 0;
    overlong = false;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer, 0, buffer.length);
        position = 0;
        if (limit <= 0) {
          limit = 0;
          return length > 0;
        }
      }
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(position, end);
      boolean found = end < limit;
      position = found ? end + 1 : end;
      if (found) {
        return true;
      }
    }
  }

  /** Bytes of the line, valid until the next one is read. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  boolean overlong() {
    return overlong;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void append(int from, int to) {
    int count = Math.min(to - from, MAX_LINE_BYTES - length);
    overlong |= count < to - from;
    if (length + count > line.length) {
      line =
          Arrays.copyOf(line, Math.min(MAX_LINE_BYTES, Math.max(2 * line.length, length + count)));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }
}
