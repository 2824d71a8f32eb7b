// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.drill;

import dev.sluice.cli.CliException;
import dev.sluice.cli.broker.TopicsAdmin;
import dev.sluice.cli.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code sluice broker} as a process of its own, on one port of loopback. */
public final class BrokerProcess implements Broker {
  private static final Duration START = Duration.ofSeconds(90);
  private static final int LAST_LINES = 8;

  private final Path directory;
  private final int port;
  private ChildProcess process;

  /** Not started yet. */
  public BrokerProcess(Path directory) {
    this.directory = directory;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  @Override
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void start() {
    process =
        ChildProcess.java(
            "dev.sluice.cli.Main",
            List.of("-Xmx640m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of("broker", "--dir", directory.toString(), "--port", Integer.toString(port)),
            directory.resolve("broker.out"));
    long deadline = System.nanoTime() + START.toNanos();
    while (!serves()) {
      if (!process.alive() || System.nanoTime() > deadline) {
        throw CliException.environment(
            "the broker does not serve: " + String.join(" | ", process.lastLines(LAST_LINES)),
            bootstrap(),
            "see " + directory,
            null);
      }
    }
  }

  private boolean serves() {
    try (TopicsAdmin topics = new TopicsAdmin(bootstrap())) {
      topics.list();
      return true;
    } catch (IllegalStateException e) {
      return false; // not yet: it is asked again
    }
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public boolean running() {
    return process.alive();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
