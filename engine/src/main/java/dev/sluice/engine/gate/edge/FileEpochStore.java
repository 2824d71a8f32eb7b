// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.EpochStoreException;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * One small readable file of two lines. Saves alternate between the lines, each with its checksum
 * and each forced to the disk before the next, so a crash in the middle of a save leaves the other
 * line whole: the newest whole line counts. The file is created complete under another name and
 * then renamed. It is locked: two processes cannot be the same engine. A file of the shorter lines
 * that older programs wrote is replaced, in the same way, when it is opened. Not thread-safe.
 */
public final class FileEpochStore implements EpochStore, AutoCloseable {
  static final int LINE_BYTES = 2048;
  static final int OLD_LINE_BYTES = 512;

  private static final int LINES = 2;
  private static final int CHECKSUM_CHARS = 8;

  /** What a line holds; {@code serial} counts the saves. */
  public record Line(long serial, AppliedControl applied) {}

  private final Path file;
  private FileChannel channel;
  private long serial;

  /**
   * Opens or creates the file.
   *
   * @throws EpochStoreException when it cannot be created, or another process holds it
   */
  public FileEpochStore(Path file) {
    this.file = file;
    try {
      if (Files.notExists(file)) {
        create(file, null);
      }
      open();
      if (channel.size() == LINES * OLD_LINE_BYTES) {
        replaceOld();
      }
    } catch (IOException e) {
      throw new EpochStoreException("cannot open " + file, e);
    }
  }

  @Override
  public AppliedControl load() {
    Line newest = newest(LINE_BYTES);
    serial = newest == null ? 0 : newest.serial();
    return newest == null ? AppliedControl.NONE : newest.applied();
  }

  @Override
  public void save(AppliedControl applied) {
    byte[] line = format(new Line(serial + 1, applied));
    try {
      channel.write(ByteBuffer.wrap(line), position(serial + 1));
    } catch (IOException e) {
      throw new EpochStoreException("cannot save the epoch to " + file, e);
    }
    serial++;
  }

  @Override
  public void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new EpochStoreException("cannot force the epoch to the disk of " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EpochStoreException("cannot close " + file, e);
    }
  }

  static byte[] format(Line line) {
    byte[] json = Json.write(line);
    if (CHECKSUM_CHARS + 1 + json.length + 1 > LINE_BYTES) {
      throw new EpochStoreException("the decision id or the flags are too long to save", null);
    }
    byte[] bytes = blankLine(LINE_BYTES);
    byte[] checksum = checksum(json).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(checksum, 0, bytes, 0, CHECKSUM_CHARS);
    System.arraycopy(json, 0, bytes, CHECKSUM_CHARS + 1, json.length);
    return bytes;
  }

  static long position(long serial) {
    return serial % LINES * LINE_BYTES;
  }

  /** Null in a file that nothing was saved to. */
  private Line newest(int lineBytes) {
    Line newest = null;
    boolean untouched = true;
    for (int i = 0; i < LINES; i++) {
      byte[] bytes = read(i, lineBytes);
      Line line = parse(bytes, lineBytes);
      untouched &= blank(bytes);
      if (line != null && (newest == null || line.serial() > newest.serial())) {
        newest = line;
      }
    }
    if (newest == null && !untouched) {
      throw new EpochStoreException(file + " holds no readable epoch", null);
    }
    return newest;
  }

  /** What cannot be read stays as it is. The lock on the old file is held until it is replaced. */
  private void replaceOld() throws IOException {
    Line newest;
    try {
      newest = newest(OLD_LINE_BYTES);
    } catch (EpochStoreException e) {
      return; // load says so, and the next save heals it
    }
    create(file, newest);
    channel.close();
    open();
  }

  private void open() throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    lock();
  }

  private static Line parse(byte[] bytes, int lineBytes) {
    if (bytes.length != lineBytes || blank(bytes)) {
      return null;
    }
    int end = lineBytes - 1;
    while (end > CHECKSUM_CHARS && bytes[end - 1] == ' ') {
      end--;
    }
    byte[] json = Arrays.copyOfRange(bytes, CHECKSUM_CHARS + 1, Math.max(end, CHECKSUM_CHARS + 1));
    String expected = new String(bytes, 0, CHECKSUM_CHARS, StandardCharsets.ISO_8859_1);
    if (!expected.equals(checksum(json))) {
      return null;
    }
    try {
      return Json.read(json, Line.class);
    } catch (MalformedException e) {
      return null;
    }
  }

  private byte[] read(int line, int lineBytes) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(lineBytes);
      while (buffer.hasRemaining()
          && channel.read(buffer, (long) line * lineBytes + buffer.position()) > 0) {
        // Reads until the line is full or the file ends.
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (IOException e) {
      throw new EpochStoreException("cannot read " + file, e);
    }
  }

  private void lock() throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw new IOException("another process holds it");
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("this process holds it already", e);
    }
  }

  /** Creates the file, or replaces it, with one line in it or none. */
  private static void create(Path file, Line first) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, file.getFileName().toString(), ".draft");
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      for (int i = 0; i < LINES; i++) {
        channel.write(ByteBuffer.wrap(blankLine(LINE_BYTES)));
      }
      if (first != null) {
        channel.write(ByteBuffer.wrap(format(first)), position(first.serial()));
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static byte[] blankLine(int lineBytes) {
    byte[] line = new byte[lineBytes];
    Arrays.fill(line, (byte) ' ');
    line[lineBytes - 1] = '\n';
    return line;
  }

  private static boolean blank(byte[] line) {
    return line.length > 0 && Arrays.equals(line, blankLine(line.length));
  }

  private static String checksum(byte[] json) {
    CRC32 crc = new CRC32();
    crc.update(json);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
