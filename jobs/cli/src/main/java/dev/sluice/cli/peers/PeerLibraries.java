// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.peers;

import dev.sluice.bench.peers.PeerMain;
import dev.sluice.cli.CliException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The class paths of the peers. Ours is the one this process runs on; those of the others are built
 * by Maven on first use, and again when our own jars have changed, unless {@code SLUICE_NO_BUILD}
 * is 1.
 */
final class PeerLibraries {
  private static final String SHARED = "sluice-bench";
  private static final String PEERS = "sluice-peers";
  private static final long PROGRESS_S = 5;
  private static final int LAST_LINES = 15;

  private final Path repository;

  PeerLibraries(Path repository) {
    this.repository = repository;
  }

  /**
   * Builds what is missing or stale.
   *
   * @param log of Maven
   * @throws CliException when it cannot be built
   */
  void prepare(List<PeerKind> kinds, Path log, Consumer<String> progress)
      throws IOException, InterruptedException {
    Set<String> modules = new TreeSet<>();
    for (PeerKind kind : kinds) {
      if (kind.home() != PeerKind.Home.OURS && stale(lib(kind))) {
        modules.add(kind.home().module());
      }
    }
    if (modules.isEmpty()) {
      return;
    }
    if ("1".equals(System.getenv("SLUICE_NO_BUILD"))) {
      throw CliException.environment(
          "not built: " + modules,
          repository.resolve("jobs").toString(),
          "run without SLUICE_NO_BUILD, or leave those peers out with --peers",
          null);
    }
    build(modules, log, progress);
  }

  /** The class path, in Java's own notation. */
  String classPath(PeerKind kind) {
    return kind.home() == PeerKind.Home.OURS
        ? System.getProperty("java.class.path")
        : lib(kind).toString() + File.separator + "*";
  }

  /** Version of a peer, empty where it has none. */
  String version(PeerKind kind) throws IOException {
    if (kind.home() != PeerKind.Home.OURS) {
      return kind.version(jars(lib(kind)));
    }
    return kind.version(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName())
            .map(String::valueOf)
            .toList());
  }

  private Path lib(PeerKind kind) {
    return repository.resolve("jobs").resolve(kind.home().module()).resolve("target/lib");
  }

  /** Not there, or made of other sources than what runs here; builds are reproducible. */
  private boolean stale(Path lib) throws IOException {
    Path shared = find(lib, SHARED);
    if (shared == null || find(lib, PEERS) == null) {
      return true;
    }
    Path ours = runningFrom();
    return Files.isRegularFile(ours) && Files.mismatch(shared, ours) >= 0;
  }

  /** The jar, or the directory of classes, that what peers share is loaded from here. */
  private static Path runningFrom() {
    try {
      return Path.of(PeerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path find(Path lib, String start) throws IOException {
    return jars(lib).stream()
        .filter(jar -> jar.startsWith(start))
        .findFirst()
        .map(lib::resolve)
        .orElse(null);
  }

  private static List<String> jars(Path lib) throws IOException {
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void build(Set<String> modules, Path log, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<String> projects = modules.stream().map(module -> "jobs/" + module).toList();
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dstyle.color=never"));
    command.addAll(List.of("-Dsluice.fast", "-Dmaven.test.skip=true", "-Ppeers,peers-spark"));
    command.addAll(List.of("-pl", String.join(",", projects), "-am", "package"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(repository.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long startNanos = System.nanoTime();
    Process maven;
    try {
      maven = builder.start();
    } catch (IOException e) {
      throw CliException.environment(
          "Maven does not start: " + e.getMessage(), "mvn", "install Maven 3.8 or later", e);
    }
    try {
      while (!maven.waitFor(PROGRESS_S, TimeUnit.SECONDS)) {
        progress.accept(
            String.format(
                "building %s (Maven fetches them at first use: 100 MB, Spark near 300 MB) … %d s",
                projects, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos)));
      }
    } finally {
      maven.destroy();
    }
    if (maven.exitValue() != 0) {
      throw CliException.environment(
          "the peers could not be built: " + String.join(" | ", tail(log)),
          log.toString(),
          "look there, or leave them out with --peers",
          null);
    }
  }

  private static List<String> tail(Path log) {
    try {
      List<String> lines =
          Files.readAllLines(log).stream().filter(line -> line.startsWith("[ERROR]")).toList();
      return lines.subList(0, Math.min(LAST_LINES, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
