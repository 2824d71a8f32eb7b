// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java process: same Java, its words in a log file. Ended when closed, and when this JVM ends in
 * any orderly way.
 */
public final class ChildProcess implements AutoCloseable {
  private static final long GRACE_S = 5;

  private final Process process;
  private final Path log;
  private final ShutdownHook hook;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.hook = new ShutdownHook("end-of-" + process.pid(), this::end);
  }

  /**
   * Starts {@code mainClass} with its arguments, on our own class path.
   *
   * @param jvmOptions beside what every Java of ours gets
   * @param log standard output and error go there
   * @throws UncheckedIOException when it cannot be started
   */
  public static ChildProcess java(
      String mainClass, List<String> jvmOptions, List<String> arguments, Path log) {
    return java(
        System.getProperty("java.class.path"), Map.of(), mainClass, jvmOptions, arguments, log);
  }

  /**
   * Starts {@code mainClass} with its arguments.
   *
   * @param classPath of the process, in Java's own notation
   * @param environment variables beside those of this process
   * @param jvmOptions beside what every Java of ours gets
   * @param log standard output and error go there
   * @throws UncheckedIOException when it cannot be started
   */
  public static ChildProcess java(
      String classPath,
      Map<String, String> environment,
      String mainClass,
      List<String> jvmOptions,
      List<String> arguments,
      Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(JavaLine.of(classPath, mainClass, jvmOptions, arguments));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(JavaLine.nothing()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new ChildProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + mainClass, e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** True while it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Its exit code; illegal while it runs. */
  public int exitCode() {
    return process.exitValue();
  }

  /** The last lines it said. */
  public List<String> lastLines(int count) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("(no log at " + log + ": " + e.getMessage() + ")");
    }
  }

  /** Ends it at once, as a crash would (SIGKILL); returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    await(GRACE_S);
  }

  /** Asks it to end (SIGTERM), and makes it after a grace. */
  @Override
  public void close() {
    end();
    hook.close();
  }

  private void end() {
    if (process.isAlive()) {
      process.destroy();
      if (!await(GRACE_S)) {
        process.destroyForcibly();
        await(GRACE_S);
      }
    }
  }

  private boolean await(long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
