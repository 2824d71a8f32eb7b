// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with secrets: nobody but their owner reads them, at no moment. */
public final class PrivateFiles {
  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };
  private static final FileAttribute<?>[] NONE = {};

  private PrivateFiles() {}

  /**
   * Creates a file, mode 600 where the file system knows such.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  public static void create(Path file, String text) throws IOException {
    boolean posix = posix(file);
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (Writer out =
        Channels.newWriter(
            Files.newByteChannel(file, options, posix ? OWNER_ONLY : NONE),
            StandardCharsets.UTF_8)) {
      out.write(text);
    }
  }

  /** Takes a file, which another program has made, from everybody but its owner. */
  public static void close(Path file) throws IOException {
    if (posix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static boolean posix(Path file) throws IOException {
    return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
  }
}
