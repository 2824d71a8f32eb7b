// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.cli.CliException;
import dev.sluice.cli.process.DetachedProcess;
import dev.sluice.cli.process.ShutdownHook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Kafka, ZooKeeper and Flink as processes of their own, on loopback, in one directory. Whoever
 * attaches to the directory has the same cluster. Nothing starts a dead process again: that is for
 * the one who asks (in production systemd or Kubernetes). One thread.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(10);

  private final ClusterDirectory directory;
  private final ProcessLines lines;
  private final FlinkRest rest;
  private ClusterState state;
  private ShutdownHook hook;

  private LocalCluster(ClusterState state, FlinkInstallation installation) {
    this.state = state;
    this.directory = new ClusterDirectory(state.options().directory());
    this.lines =
        new ProcessLines(
            installation,
            state.options(),
            state.ports(),
            FlinkConfiguration.of(state.options(), state.ports(), directory));
    this.rest = new FlinkRest(URI.create("http://127.0.0.1:" + state.ports().rest()));
  }

  /**
   * One process of the cluster.
   *
   * @param alive false when it died and was not started again
   */
  public record Member(Role role, long pid, boolean alive) {}

  /** Starts a cluster and returns once it answers; see {@link #start(ClusterOptions, Consumer)}. */
  public static LocalCluster start(ClusterOptions options) {
    return start(options, step -> {});
  }

  /**
   * Starts a cluster and returns once it answers: all TaskManagers are registered and the broker
   * has the topics. A directory that was used before is taken up: topics are as they were, and jobs
   * that were not stopped go on.
   *
   * @param progress told each step
   * @throws CliException when it does not come up, or one runs there already
   */
  public static LocalCluster start(ClusterOptions options, Consumer<String> progress) {
    FlinkInstallation installation = FlinkInstallation.find();
    ClusterDirectory directory = new ClusterDirectory(options.directory());
    if (directory.state().isPresent() && attach(options.directory()).anyAlive()) {
      throw CliException.usage(
          "a cluster runs here already",
          options.directory().toString(),
          "end it with 'sluice cluster stop', or take another --dir");
    }
    ClusterPorts ports = ClusterPorts.of(options);
    directory.prepare(
        FlinkConfiguration.of(options, ports, directory),
        FlinkConfiguration.zookeeper(ports, directory));
    LocalCluster cluster =
        new LocalCluster(new ClusterState(options, ports, Map.of()), installation);
    directory.write(cluster.state);
    if (!options.outlives()) {
      cluster.hook = new ShutdownHook("end-of-cluster", cluster::endAll);
    }
    try {
      cluster.roles().forEach(cluster::start);
      new Startup(cluster, progress).await();
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /**
   * Takes a cluster over that somebody started in that directory.
   *
   * @throws CliException when nobody did
   */
  public static LocalCluster attach(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    ClusterState state =
        new ClusterDirectory(root)
            .state()
            .orElseThrow(
                () ->
                    CliException.environment(
                        "no cluster was started here",
                        root.toString(),
                        "start one with 'sluice cluster start', or give its --dir",
                        null));
    return new LocalCluster(state, FlinkInstallation.expected());
  }

  /** What clients of Kafka connect to, {@code host:port}. */
  public String bootstrap() {
    return state.options().ownBroker()
        ? "127.0.0.1:" + state.ports().broker()
        : state.options().bootstrap();
  }

  /** Flink's REST API. */
  public FlinkRest rest() {
    return rest;
  }

  /** What it was started with. */
  public ClusterOptions options() {
    return state.options();
  }

  /** Where it keeps what. */
  public ClusterDirectory directory() {
    return directory;
  }

  /** Every process there should be. */
  public List<Member> processes() {
    return roles().stream().map(this::member).toList();
  }

  /**
   * Submits a job with Flink's own client, as users do, and returns its id.
   *
   * @throws CliException when Flink refuses it; the message says why
   */
  public String submit(Submission submission) {
    return new FlinkClient(lines, directory).run(submission, FlinkInstallation.find().jobs());
  }

  /** Submits a job that starts afresh. */
  public String submit(String mainClass, String... arguments) {
    return submit(Submission.of(mainClass, List.of(arguments)));
  }

  /**
   * Arguments of a job's main: Kafka, checkpoints and datasets are the cluster's own.
   *
   * @param overrides {@code key=value}; they win over that
   */
  public List<String> arguments(Path config, List<String> overrides) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "kafka.bootstrap=" + bootstrap(),
                "flink.checkpoint.dir=" + directory.checkpoints(),
                "datasets.dir=" + directory.datasets()));
    settings.addAll(overrides);
    List<String> arguments =
        new ArrayList<>(List.of("--config", config.toAbsolutePath().toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return arguments;
  }

  /** Ends a process at once, as a crash would (SIGKILL). */
  public void kill(Role role) {
    process(role).ifPresent(DetachedProcess::kill);
  }

  /** Stops a process where it is (SIGSTOP): it does not know that time passes. */
  public void freeze(Role role) {
    process(role).orElseThrow(() -> dead(role)).freeze();
  }

  /** Lets a frozen process go on (SIGCONT). */
  public void thaw(Role role) {
    process(role).orElseThrow(() -> dead(role)).thaw();
  }

  /**
   * Starts a process that is not there, on the same directory and ports. A TaskManager with a
   * number beyond the options is one more. Does not wait until it serves.
   *
   * @throws IllegalStateException when it runs
   */
  public void start(Role role) {
    if (process(role).isPresent()) {
      throw new IllegalStateException(role + " runs already");
    }
    DetachedProcess started =
        DetachedProcess.start(lines.of(role), Map.of(), directory.output(role));
    state = state.with(role, started.id());
    directory.write(state);
  }

  /** True while the process of that role runs. */
  public boolean alive(Role role) {
    return process(role).isPresent();
  }

  /** Ends every process in order: Flink, then ZooKeeper, then the broker. Jobs are not stopped. */
  @Override
  public void close() {
    endAll();
    if (hook != null) {
      hook.close();
    }
  }

  private void endAll() {
    List<Role> backwards = new ArrayList<>(roles());
    Collections.reverse(backwards);
    // TaskManagers take their time each; they may take it together
    backwards.stream()
        .filter(role -> role.kind() == Role.Kind.TASKMANAGER)
        .map(this::process)
        .flatMap(Optional::stream)
        .forEach(DetachedProcess::ask);
    for (Role role : backwards) {
      process(role).ifPresent(running -> running.end(END));
    }
  }

  /** In the order of their start. */
  private List<Role> roles() {
    List<Role> roles = new ArrayList<>();
    if (state.options().ownBroker()) {
      roles.add(Role.BROKER);
    }
    roles.addAll(List.of(Role.ZOOKEEPER, Role.JOBMANAGER));
    int started =
        state.processes().keySet().stream().map(Role::named).mapToInt(Role::number).max().orElse(0);
    IntStream.rangeClosed(1, Math.max(started, state.options().taskManagers()))
        .forEach(number -> roles.add(Role.taskManager(number)));
    return roles;
  }

  private boolean anyAlive() {
    return processes().stream().anyMatch(Member::alive);
  }

  private Member member(Role role) {
    DetachedProcess.Id id = state.processes().get(role.fileName());
    return new Member(role, id == null ? 0 : id.pid(), alive(role));
  }

  private Optional<DetachedProcess> process(Role role) {
    return Optional.ofNullable(state.processes().get(role.fileName()))
        .flatMap(DetachedProcess::find);
  }

  private static IllegalStateException dead(Role role) {
    return new IllegalStateException(role + " does not run");
  }
}
