// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.sluice.flink.TestPaths;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A local S3 server (S3Proxy) with one bucket, in a process of its own, so that its class path is
 * none of ours. It listens on loopback only, keeps objects in memory and checks signatures.
 *
 * <p>Its store of files will not do: the plugin deletes the markers of the directories above a file
 * it has written, which that store refuses with an answer that the plugin repeats for half an hour.
 */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "archive";
  static final String ACCESS_KEY = "tests";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final URI endpoint;
  private final String secretKey;

  private S3Server(Process process, URI endpoint, String secretKey) {
    this.process = process;
    this.endpoint = endpoint;
    this.secretKey = secretKey;
  }

  /** Whether the build has put the server and Flink's plugin in place. */
  static boolean available() {
    return Files.isDirectory(jars()) && Files.isDirectory(plugins());
  }

  /** Flink's plugins, one directory each. */
  static Path plugins() {
    return files().resolve("plugins");
  }

  private static Path jars() {
    return files().resolve("lib");
  }

  private static Path files() {
    return TestPaths.repositoryRoot().resolve("jobs/s3-server/target");
  }

  /**
   * Starts one and makes its bucket.
   *
   * @param dir for its settings and its log
   */
  static S3Server start(Path dir) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    String secretKey = UUID.randomUUID().toString();
    Path settings = dir.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "s3proxy.endpoint=" + endpoint,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + secretKey,
            "jclouds.provider=transient",
            "jclouds.identity=none",
            "jclouds.credential=none"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-DLOG_LEVEL=warn",
                "-cp",
                jars().resolve("*").toString(),
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("server.log").toFile())
            .start();
    S3Server server = new S3Server(process, endpoint, secretKey);
    try {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(server::makesBucket);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Signed as version 2 has it: RFC 2104 HMAC-SHA1 of verb, headers and path. */
  private boolean makesBucket() throws GeneralSecurityException, InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the S3 server ended with " + process.exitValue());
    }
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    Mac hash = Mac.getInstance("HmacSHA1");
    hash.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
    String toSign = "PUT\n\n\n\nx-amz-date:" + date + "\n/" + BUCKET;
    String signature = Base64.getEncoder().encodeToString(hash.doFinal(toSign.getBytes(UTF_8)));
    HttpRequest bucket =
        HttpRequest.newBuilder(endpoint.resolve("/" + BUCKET))
            .header("x-amz-date", date)
            .header("Authorization", "AWS " + ACCESS_KEY + ":" + signature)
            .PUT(BodyPublishers.noBody())
            .build();
    try {
      return HttpClient.newHttpClient().send(bucket, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its address, {@code http://127.0.0.1:port}. */
  URI endpoint() {
    return endpoint;
  }

  String secretKey() {
    return secretKey;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
