// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice cluster}, as typed, and Flink's REST API beside it. */
class ClusterCommandTest {
  private static final String BOUNDARY = "sluice-boundary";

  @TempDir Path directory;

  @AfterEach
  void nothingIsLeftRunning() {
    if (Files.exists(directory.resolve("cluster.json"))) {
      LocalCluster.attach(directory).close();
    }
  }

  @Test
  void aClusterIsStartedRunsJobsOfBothWaysAndIsStopped() throws Exception {
    FlinkInstallation installation = FlinkInstallation.expected();
    assumeTrue(installation.complete(), "SKIPPED: no sluice-jobs.jar; mvn package makes it first");
    JsonNode started =
        sluice(ExitCodes.OK, "start", "--broker-port", "0", "--rest-port", "0", "--web-submit");
    URI web = URI.create(started.path("web").asText());
    assertThat(web.getHost()).isEqualTo("127.0.0.1");
    assertThat(started.path("processes")).hasSize(4).allMatch(p -> p.path("alive").asBoolean());

    String submitted =
        sluice(ExitCodes.OK, "submit", "buckets").path("jobs").path("buckets").asText();
    assertThat(submitted).matches("[0-9a-f]{32}");
    String run = runByRest(web, installation.jobs(), LocalCluster.attach(directory));
    await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(
            () ->
                assertThat(sluice(ExitCodes.OK, "status").path("jobs"))
                    .hasSize(2)
                    .allMatch(job -> job.path("state").asText().equals("RUNNING")));

    JsonNode savepoints = sluice(ExitCodes.OK, "stop").path("savepoints");
    assertThat(savepoints).hasSize(2);
    assertThat(savepoints.toString()).contains(submitted, run);
    assertThat(sluice(ExitCodes.FAILED, "status").path("processes"))
        .noneMatch(process -> process.path("alive").asBoolean());
  }

  /** Uploads the jar and runs the gate; its configuration is read by the JobManager. */
  private static String runByRest(URI web, Path jar, LocalCluster cluster) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    JsonNode uploaded =
        answer(
            http,
            HttpRequest.newBuilder(web.resolve("/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(jar))));
    String id = Path.of(uploaded.path("filename").asText()).getFileName().toString();
    Path config = dev.sluice.cli.Home.find().resolve("config/sluice.yaml");
    JsonNode run =
        answer(
            http,
            HttpRequest.newBuilder(web.resolve("/jars/" + id + "/run"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(
                            Map.of(
                                "entryClass",
                                "dev.sluice.flink.app.GateJob",
                                "programArgsList",
                                cluster.arguments(config, List.of()))))));
    return run.path("jobid").asText();
  }

  private static byte[] multipart(Path jar) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    body.write(head.getBytes(StandardCharsets.UTF_8));
    body.write(Files.readAllBytes(jar));
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static JsonNode answer(HttpClient http, HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            request.timeout(Duration.ofSeconds(120)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.mapper().readTree(response.body());
  }

  private JsonNode sluice(int exitCode, String command, String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of("cluster", command));
    line.addAll(List.of(more));
    line.addAll(List.of("--dir", directory.toString(), "--output", "json"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    assertThat(code).as(err.toString()).isEqualTo(exitCode);
    return Json.mapper().readTree(out.toString());
  }
}
