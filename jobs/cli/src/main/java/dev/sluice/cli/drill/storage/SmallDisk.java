// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill.storage;

import dev.sluice.cli.Cleanup;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small disk of its own below one directory: an ext4 file system in a file, mounted. It can be
 * full, and it can be made to stand still. Needs root, {@code mkfs.ext4}, {@code mount} and {@code
 * fsfreeze}. One thread.
 */
final class SmallDisk implements AutoCloseable {
  private static final long SIZE_BYTES = 64L << 20;
  private static final long PROBE_BYTES = 8L << 20;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final long TIMEOUT_S = 30;

  private final Path directory;
  private final Path image;
  private boolean frozen;

  /**
   * @param image the file that holds it; null where another object has mounted it and takes it away
   */
  private SmallDisk(Path directory, Path image) {
    this.directory = directory;
    this.image = image;
  }

  /** Why there can be none on this machine, one sentence; null when there can. */
  static String impossible() {
    Path probe = null;
    try {
      probe = Files.createTempDirectory("sluice-disk-");
      try (SmallDisk disk = mount(probe, PROBE_BYTES)) {
        disk.freeze();
        disk.thaw();
      }
      return null;
    } catch (IOException | UncheckedIOException e) {
      return "a small disk of its own needs root and loop mounts (" + e.getMessage() + ")";
    } finally {
      if (probe != null) {
        Cleanup.delete(probe);
      }
    }
  }

  /**
   * Mounts a new one at a directory, which is made; where another fault of the run has mounted one
   * before, that one.
   *
   * @throws IOException when the machine does not let us; the message says what
   */
  static SmallDisk mount(Path directory) throws IOException {
    return mount(directory, SIZE_BYTES);
  }

  private static SmallDisk mount(Path directory, long bytes) throws IOException {
    Files.createDirectories(directory);
    Path image = directory.resolveSibling(directory.getFileName() + ".img");
    if (Files.exists(image)) {
      return new SmallDisk(directory, null);
    }
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    try {
      run(List.of("mkfs.ext4", "-q", "-m", "0", "-F", image.toString()));
      run(List.of("mount", "-o", "loop", image.toString(), directory.toString()));
    } catch (IOException e) {
      Files.deleteIfExists(image);
      throw e;
    }
    return new SmallDisk(directory, image);
  }

  /** Fills it to the last byte; returns the file that has to go. */
  Path fill() throws IOException {
    Path filler = directory.resolve(".filler");
    byte[] block = new byte[BLOCK_BYTES];
    try (var out = Files.newOutputStream(filler)) {
      for (int size = BLOCK_BYTES; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException full) {
          size /= 2; // what is left is smaller
        }
      }
    }
    return filler;
  }

  /** Bytes that are left. */
  long freeBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** Whoever writes from now on waits, in the kernel, until {@link #thaw}. */
  void freeze() throws IOException {
    run(List.of("fsfreeze", "--freeze", directory.toString()));
    frozen = true;
  }

  /** Lets those who wait go on. */
  void thaw() throws IOException {
    if (frozen) {
      frozen = false;
      run(List.of("fsfreeze", "--unfreeze", directory.toString()));
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + command.get(0), e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes it away, with all that is on it. */
  @Override
  public void close() {
    try {
      thaw();
      if (image != null) {
        run(List.of("umount", "--lazy", directory.toString()));
        Files.deleteIfExists(image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the disk at " + directory + " cannot be unmounted", e);
    }
  }
}
