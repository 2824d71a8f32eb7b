// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.sluice.flink.config.SluiceConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for Kubernetes, against the operator's own definition and the code. */
class KubernetesTest {
  private static final String DEFINITION =
      "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
  private static final String SECRETS = "/opt/sluice/secrets/kafka";
  private static final String TYPE_OF_FIELDS = "type";

  /** The only thing that the definition of 1.10.0 does not know is the version of Flink. */
  @Test
  void theDeploymentIsWhatTheOperatorDefinesButForTheVersionOfFlink() throws IOException {
    JsonNode deployment = DeployFiles.yaml("kubernetes", "flinkdeployment.yaml");
    assertThat(deployment.path("apiVersion").asText()).isEqualTo("flink.apache.org/v1beta1");
    Set<ValidationMessage> problems = strict().validate(deployment);
    assertThat(problems)
        .extracting(problem -> problem.getInstanceLocation().toString())
        .containsExactly("$.spec.flinkVersion");
    String[] version = DeployFiles.FLINK_VERSION.split("\\.");
    assertThat(deployment.path("spec").path("flinkVersion").asText())
        .isEqualTo("v" + version[0] + "_" + version[1]);
  }

  @Test
  void theDefinitionRefusesWhatItDoesNotKnow() throws IOException {
    ObjectNode deployment = DeployFiles.yaml("kubernetes", "flinkdeployment.yaml").deepCopy();
    deployment.withObject("/spec/job").put("paralelism", 3).put("upgradeMode", "hopeful");
    assertThat(strict().validate(deployment))
        .extracting(problem -> problem.getInstanceLocation().toString())
        .contains("$.spec.job", "$.spec.job.upgradeMode");
  }

  @Test
  void theJobStartsWithTheConfigurationThatIsMounted(@TempDir Path directory) throws Exception {
    JsonNode spec = DeployFiles.yaml("kubernetes", "flinkdeployment.yaml").path("spec");
    JsonNode map = DeployFiles.yaml("kubernetes", "sluice-config.yaml");
    Path mounted = directory.resolve("sluice.yaml");
    Files.writeString(mounted, map.path("data").path("sluice.yaml").asText());
    List<String> arguments = DeployFiles.texts(spec.path("job").path("args"));
    JsonNode pod = spec.path("podTemplate").path("spec");
    assertThat(mount(pod, "config").path("mountPath").asText()).isEqualTo(arguments.get(1));
    assertThat(map.path("metadata").path("name").asText())
        .isEqualTo(volume(pod, "config").path("configMap").path("name").asText());
    SluiceConfig config =
        DeployFiles.job(
            spec.path("job").path("entryClass").asText(),
            List.of(arguments.get(0), mounted.toString()));
    assertThat(config.flink().parallelism())
        .isEqualTo(spec.path("job").path("parallelism").asInt());
    assertThat(config.flink().checkpoint().dir())
        .isEqualTo(spec.path("flinkConfiguration").path("execution.checkpointing.dir").asText());
    assertThat(config.gate().signingKeyFile())
        .startsWith(mount(pod, "signing").path("mountPath").asText() + "/");
    assertThat(config.kafka().client().get("ssl.truststore.location"))
        .startsWith(mount(pod, "kafka").path("mountPath").asText() + "/");
    Set<String> keys = new TreeSet<>();
    spec.path("flinkConfiguration").fieldNames().forEachRemaining(keys::add);
    DeployFiles.flinkKnows(keys);
  }

  /** Kafka's own client finds the secret where the file says it is. */
  @Test
  void kafkasClientReadsTheSecretFromItsMount(@TempDir Path directory) throws Exception {
    String jaas = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    Files.writeString(directory.resolve("kafka.properties"), "sasl.jaas.config=" + jaas);
    Path file = directory.resolve("sluice.yaml");
    Files.writeString(
        file,
        DeployFiles.yaml("kubernetes", "sluice-config.yaml")
            .path("data")
            .path("sluice.yaml")
            .asText()
            .replace(SECRETS, directory.toString()));
    SluiceConfig config = SluiceConfig.load(file, List.of());
    Map<String, Object> client = new HashMap<>(config.kafka().client());
    client.put("bootstrap.servers", config.kafka().bootstrap().replaceAll(".*:", "127.0.0.1:"));
    AdminClientConfig read = new AdminClientConfig(client);
    assertThat(read.getPassword(SaslConfigs.SASL_JAAS_CONFIG)).isEqualTo(new Password(jaas));
    assertThat(config.toString()).doesNotContain("ScramLoginModule");
  }

  @Test
  void theEngineIsStartedWithWhatItTakesFromWhatIsMounted() throws IOException {
    JsonNode pod =
        DeployFiles.yaml("kubernetes", "engine.yaml").path("spec").path("template").path("spec");
    JsonNode container = pod.path("containers").get(0);
    List<String> arguments = DeployFiles.texts(container.path("args"));
    DeployFiles.engineTakes(arguments);
    Set<String> mounts = new TreeSet<>();
    container.path("volumeMounts").forEach(m -> mounts.add(m.path("mountPath").asText()));
    assertThat(arguments)
        .filteredOn(argument -> argument.startsWith("/"))
        .hasSize(3)
        .allMatch(argument -> mounts.stream().anyMatch(argument::startsWith));
  }

  @Test
  void everyOtherFileIsAnObjectOfKubernetes() throws IOException {
    for (String name : List.of("storage.yaml", "networkpolicy.yaml")) {
      JsonNode object = DeployFiles.yaml("kubernetes", name);
      assertThat(object.path("kind").asText()).as(name).isNotEmpty();
      assertThat(object.path("metadata").path("name").asText()).as(name).startsWith("sluice");
    }
    assertThat(
            DeployFiles.yaml("kubernetes", "storage.yaml").path("metadata").path("name").asText())
        .isEqualTo(
            volume(
                    DeployFiles.yaml("kubernetes", "flinkdeployment.yaml")
                        .path("spec")
                        .path("podTemplate")
                        .path("spec"),
                    "data")
                .path("persistentVolumeClaim")
                .path("claimName")
                .asText());
  }

  private static JsonNode mount(JsonNode pod, String name) {
    return named(pod.path("containers").get(0).path("volumeMounts"), name);
  }

  private static JsonNode volume(JsonNode pod, String name) {
    return named(pod.path("volumes"), name);
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode item : list) {
      if (item.path("name").asText().equals(name)) {
        return item;
      }
    }
    throw new AssertionError("nothing is called " + name);
  }

  /** The operator's schema, closed: as a server checks it with strict validation of fields. */
  private static JsonSchema strict() throws IOException {
    try (InputStream definition =
        KubernetesTest.class.getClassLoader().getResourceAsStream(DEFINITION)) {
      String text = new String(definition.readAllBytes(), StandardCharsets.UTF_8);
      ObjectNode schema =
          DeployFiles.yamlText(text)
              .path("spec")
              .path("versions")
              .get(0)
              .path("schema")
              .path("openAPIV3Schema")
              .deepCopy();
      for (String always : List.of("apiVersion", "kind")) {
        schema.withObject("/properties").putObject(always).put(TYPE_OF_FIELDS, "string");
      }
      schema.withObject("/properties").putObject("metadata").put(TYPE_OF_FIELDS, "object");
      close(schema);
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode schema
        && schema.path("properties").isObject()
        && !schema.has("additionalProperties")
        && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      schema.put("additionalProperties", false);
    }
    node.forEach(KubernetesTest::close);
  }
}
