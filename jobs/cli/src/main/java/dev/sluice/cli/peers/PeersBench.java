// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.peers;

import dev.sluice.bench.HealthyEngines;
import dev.sluice.bench.peers.Answer;
import dev.sluice.bench.peers.PeerFeed;
import dev.sluice.bench.peers.PeerMain;
import dev.sluice.bench.peers.PeerResult;
import dev.sluice.bench.peers.Task;
import dev.sluice.cli.Cleanup;
import dev.sluice.cli.CliException;
import dev.sluice.cli.process.ChildProcess;
import dev.sluice.schemas.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * The same question to every peer about the same topic, one after another, each in a process of its
 * own. The plain consumer comes first and its answers are what the others are compared with.
 */
public final class PeersBench {
  /** A process gets so much for all of its passes. */
  private static final long LIMIT_MINUTES = 30;

  private static final long TICK_MS = 200;
  private static final int LAST_LINES = 12;
  private static final String HEAP = "-Xmx2g";
  private static final List<String> SPARK_OPENS =
      List.of(
          "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED");

  /**
   * What to measure.
   *
   * @param bootstrap a broker whose event topics are empty
   * @param events ticks to fill the topic with, at least
   * @param warmUps passes of each peer that do not count
   * @param passes passes of each peer; the best one counts
   * @param peers who; the plain consumer is always among them
   * @param repository where the peers' modules are
   * @param config the jobs' configuration file
   * @param directory for logs and what the peers write
   */
  public record Options(
      String bootstrap,
      long events,
      int warmUps,
      int passes,
      List<PeerKind> peers,
      Path repository,
      Path config,
      Path directory) {}

  private final Options options;
  private final PeerLibraries libraries;
  private final Consumer<String> progress;

  private PeersBench(Options options, Consumer<String> progress) {
    this.options = options;
    this.libraries = new PeerLibraries(options.repository());
    this.progress = progress;
  }

  /**
   * Builds what is missing, fills the topic, asks and measures; some minutes.
   *
   * @param progress told of each step
   * @throws CliException when a peer cannot be built, or the plain consumer fails
   */
  public static PeersReport run(Options options, Consumer<String> progress) throws Exception {
    return new PeersBench(options, progress).run();
  }

  private PeersReport run() throws Exception {
    List<PeerKind> kinds = new ArrayList<>(List.of(PeerKind.PLAIN));
    options.peers().stream()
        .filter(kind -> kind != PeerKind.PLAIN)
        .distinct()
        .sorted()
        .forEach(kinds::add);
    libraries.prepare(kinds, options.directory().resolve("build.log"), progress);
    double loadBefore = load();
    if (topicBytes() > 0) {
      throw CliException.usage(
          "there are ticks in the topic already",
          options.directory().toString(),
          "give another --out, or remove its broker/, which a killed run leaves");
    }
    progress.accept("filling the topic");
    long buckets = -Math.floorDiv(-options.events(), PeerFeed.ticksPerBucket());
    long events = buckets * PeerFeed.ticksPerBucket();
    PeerFeed.fill(options.bootstrap(), buckets);
    double bytesPerTick = topicBytes() / (double) events;
    Task task =
        new Task(
            options.bootstrap(),
            events,
            HealthyEngines.START_US,
            buckets,
            PeerFeed.ENGINES,
            options.config(),
            options.directory());
    PeerResult plain = null;
    List<PeersReport.Line> lines = new ArrayList<>();
    for (PeerKind kind : kinds) {
      PeersReport.Line line;
      try {
        PeerResult result = measure(kind, task);
        plain = plain == null ? result : plain;
        line = line(kind, plain.answers(), result);
      } catch (CliException e) {
        if (plain == null) {
          throw e;
        }
        line = PeersReport.Line.failed(kind.label(), libraries.version(kind), e.getMessage());
      }
      lines.add(line);
      progress.accept(line.progress());
    }
    return PeersReport.of(task, bytesPerTick, options, plain, lines, loadBefore);
  }

  private PeersReport.Line line(PeerKind kind, Map<String, Answer> plain, PeerResult result)
      throws IOException {
    String difference = PeerResult.difference(plain, result.answers());
    String version = libraries.version(kind);
    return difference == null
        ? PeersReport.Line.same(kind.label(), version, result)
        : PeersReport.Line.differs(kind.label(), version, difference);
  }

  private PeerResult measure(PeerKind kind, Task task) throws IOException, InterruptedException {
    progress.accept(kind.label() + " …");
    Path directory = Files.createDirectories(options.directory().resolve("peer-" + kind.id()));
    Path log = options.directory().resolve(kind.id() + ".log");
    Path result = directory.resolve("result.tsv");
    try (ChildProcess process =
        ChildProcess.java(
            libraries.classPath(kind),
            Map.of(),
            PeerMain.class.getName(),
            jvmOptions(kind),
            arguments(kind, task, directory, result),
            log)) {
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
      while (process.alive() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(TICK_MS);
      }
      if (process.alive() || process.exitCode() != 0) {
        throw CliException.environment(
            kind.label()
                + (process.alive()
                    ? " did not end within " + LIMIT_MINUTES + " minutes"
                    : " ended with exit code " + process.exitCode()),
            log.toString(),
            "its last words: " + String.join(" | ", process.lastLines(LAST_LINES)),
            null);
      }
      return PeerResult.read(result);
    } finally {
      Cleanup.delete(directory);
    }
  }

  private List<String> arguments(PeerKind kind, Task task, Path directory, Path result) {
    return List.of(
        kind.peerClass(),
        task.bootstrap(),
        Long.toString(task.events()),
        Long.toString(task.firstUs()),
        Long.toString(task.buckets()),
        Integer.toString(task.engines()),
        task.config().toString(),
        Integer.toString(options.warmUps()),
        Integer.toString(options.passes()),
        directory.toString(),
        result.toString());
  }

  /** One heap and one collector for all, and the opens this process was started with. */
  private static List<String> jvmOptions(PeerKind kind) {
    List<String> all = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions", HEAP));
    all.add("-XX:+UseParallelGC");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("--add-")
                    || option.startsWith("--enable-native-access")
                    || option.startsWith("--sun-misc"))
        .forEach(all::add);
    switch (kind.home()) {
      case OURS -> all.add("-Dlog4j2.configurationFile=sluice-log4j2-quiet.xml");
      case PEERS -> {}
      case SPARK -> all.addAll(SPARK_OPENS);
    }
    return all;
  }

  /** Of the ticks' topic on the broker's disk. */
  private long topicBytes() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", options.bootstrap()))) {
      int broker = admin.describeCluster().controller().get().id();
      return admin
          .describeLogDirs(List.of(broker))
          .allDescriptions()
          .get()
          .get(broker)
          .values()
          .stream()
          .flatMap(directory -> directory.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().equals(Topics.TICKS))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    }
  }

  /** Processes that run or wait to, over the last minute; −1 where the system does not tell. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
