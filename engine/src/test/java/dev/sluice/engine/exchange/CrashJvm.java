// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.exchange;

import dev.sluice.engine.core.CrashPoints;
import dev.sluice.engine.core.CrashVictim;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * How the victims' JVM is started fast, since there are hundreds: a small class path, one compiler,
 * and the classes of one that ended in order as a shared archive (which takes jars only, so ours
 * are packed first). Where the archive cannot be used, the JVM does without.
 */
final class CrashJvm {
  private static final Pattern LIBRARY =
      Pattern.compile("(jackson-(core|databind|annotations)|sqlite-jdbc|slf4j-api)-.*\\.jar");
  private static final Pattern OURS = Pattern.compile("sluice-.*\\.jar|.*classes");

  private final Path archive;
  private final String classPath;

  private CrashJvm(Path archive, String classPath) {
    this.archive = archive;
    this.classPath = classPath;
  }

  /** Packs, and runs one process to its end. */
  static CrashJvm prepare(Path directory) throws IOException, InterruptedException {
    List<String> libraries = new ArrayList<>();
    List<Path> ours = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (LIBRARY.matcher(name).matches()) {
        libraries.add(entry);
      } else if (OURS.matcher(name).matches()) {
        ours.add(path);
      }
    }
    Path jar = directory.resolve("victim.jar");
    pack(ours.stream().filter(Files::isDirectory).toList(), jar);
    libraries.add(0, jar.toString());
    ours.stream().filter(Files::isRegularFile).forEach(path -> libraries.add(path.toString()));
    CrashJvm jvm =
        new CrashJvm(directory.resolve("victim.jsa"), String.join(File.pathSeparator, libraries));
    Path home = Files.createDirectories(directory.resolve("first"));
    try (TestVenue venue = TestVenue.start()) {
      Process first =
          jvm.builder(
                  "-XX:ArchiveClassesAtExit=" + jvm.archive,
                  venue.server.url().toString(),
                  home,
                  0,
                  CrashPoints.Point.AFTER_LINKING,
                  false)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      first.outputWriter(StandardCharsets.UTF_8).append("end\n").close();
      first.waitFor();
    }
    return jvm;
  }

  /** A victim, to be started. */
  ProcessBuilder victim(
      String url, Path directory, int round, CrashPoints.Point point, boolean stands) {
    return builder("-XX:SharedArchiveFile=" + archive, url, directory, round, point, stands);
  }

  private ProcessBuilder builder(
      String option,
      String url,
      Path directory,
      int round,
      CrashPoints.Point point,
      boolean stands) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            option,
            "-Xshare:auto",
            "-Xlog:disable",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            // Certificates are not needed on loopback, and take long to read.
            "-Djavax.net.ssl.trustStore=NONE",
            "-Dorg.sqlite.tmpdir=" + directory,
            "-cp",
            classPath,
            CrashVictim.class.getName(),
            url,
            directory.toString(),
            Integer.toString(round),
            point.name(),
            Boolean.toString(stands))
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("errors.txt").toFile()));
  }

  private static void pack(List<Path> directories, Path jar) throws IOException {
    Set<String> packed = new LinkedHashSet<>();
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path directory : directories) {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
          files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
          String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
          if (packed.add(name)) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(file, zip);
            zip.closeEntry();
          }
        }
      }
    }
  }
}
