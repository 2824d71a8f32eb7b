// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A process that outlives this JVM and the terminal, and is found again by its id. Nobody waits for
 * it: it ends when somebody ends it. Any thread.
 */
public final class DetachedProcess {
  private static final Duration DYING = Duration.ofSeconds(10);

  private final ProcessHandle handle;
  private final Id id;

  /**
   * What tells a process from a later one with the same number.
   *
   * @param pid its number
   * @param startedMs when it was started, as the operating system has it, since 1970
   */
  public record Id(long pid, long startedMs) {}

  private DetachedProcess(ProcessHandle handle) {
    this.handle = handle;
    this.id = new Id(handle.pid(), startedMs(handle));
  }

  /**
   * Starts a process that ignores the end of the terminal (as {@code nohup} does).
   *
   * @param line command and arguments
   * @param environment variables beside those of this process
   * @param output standard output and error are appended there
   * @throws UncheckedIOException when it cannot be started
   */
  public static DetachedProcess start(
      List<String> line, Map<String, String> environment, Path output) {
    List<String> detached = new ArrayList<>(List.of("nohup"));
    detached.addAll(line);
    ProcessBuilder builder = new ProcessBuilder(detached);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(JavaLine.nothing()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      return new DetachedProcess(builder.start().toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + line.get(0), e);
    }
  }

  /** The process of that id, when it still runs. */
  public static Optional<DetachedProcess> find(Id id) {
    return ProcessHandle.of(id.pid())
        .filter(handle -> startedMs(handle) == id.startedMs())
        .map(DetachedProcess::new)
        .filter(DetachedProcess::alive);
  }

  /** By which it is found again. */
  public Id id() {
    return id;
  }

  /** True while it runs, or is frozen; one that died and that nobody has buried does not. */
  public boolean alive() {
    return handle.isAlive() && !zombie();
  }

  /** Ends it at once, as a crash would (SIGKILL); returns when it is gone. */
  public void kill() {
    handle.destroyForcibly();
    await(DYING);
  }

  /** Asks it to end (SIGTERM), thawing it first; does not wait. */
  public void ask() {
    thaw();
    handle.destroy();
  }

  /** Asks it to end, and makes it after {@code grace}. */
  public void end(Duration grace) {
    if (alive()) {
      ask();
      if (!await(grace)) {
        kill();
      }
    }
  }

  /** Stops its clock (SIGSTOP): it does nothing and does not know it. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(id.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (kill.waitFor() != 0 && alive()) {
        throw new IllegalStateException("kill -" + name + " " + id.pid() + " was refused");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling " + id.pid(), e);
    }
  }

  /** A child of this JVM is told of by its exit; others, where nobody buries them, by Linux. */
  private boolean await(Duration limit) {
    long untilNanos = System.nanoTime() + limit.toNanos();
    while (alive() && System.nanoTime() < untilNanos) {
      try {
        handle.onExit().completeOnTimeout(handle, 50, TimeUnit.MILLISECONDS).get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return !alive();
  }

  private boolean zombie() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(id.pid()), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // gone, or no Linux
    }
  }

  private static long startedMs(ProcessHandle handle) {
    return handle.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }
}
