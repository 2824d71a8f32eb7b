// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The real Alertmanager, on loopback, alone. */
public final class AlertmanagerProcess implements AutoCloseable {
  private final Process process;
  private final String url;

  /** Starts it in this directory and waits until it is ready. */
  public AlertmanagerProcess(Path directory, String config) throws IOException {
    String program = need("prometheus-alertmanager");
    Path file = Files.writeString(directory.resolve("alertmanager.yml"), config);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    url = "http://127.0.0.1:" + port;
    process =
        new ProcessBuilder(
                program,
                "--config.file=" + file,
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("alertmanager.log").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::ready);
  }

  /** Where it listens. */
  public String url() {
    return url;
  }

  /** The program's path; the test is skipped, loudly, where it is not installed. */
  public static String need(String program) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(dir -> Path.of(dir, program))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println("SKIPPED, NOT TESTED: " + program + " is not installed");
    }
    assumeTrue(found.isPresent(), program + " is not installed");
    return found.get().toString();
  }

  private boolean ready() throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/-/ready")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
