// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden files are the contract for engines in other languages: they may grow, not change. */
class GoldenJsonTest {
  private static final ObjectMapper MAPPER = Json.mapper();

  static Stream<Map.Entry<String, Record>> samples() {
    return Samples.all().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordIsWrittenAsItsGoldenFile(Map.Entry<String, Record> sample) throws IOException {
    String written =
        MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(sample.getValue()) + "\n";
    GeneratedFile.check("src/test/resources/golden/" + sample.getKey() + ".json", written);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGoldenFileReadsBackAsTheSameBytes(Map.Entry<String, Record> sample) throws Exception {
    JsonNode golden = golden(sample.getKey());

    Record read = Json.read(MAPPER.writeValueAsBytes(golden), sample.getValue().getClass());

    assertThat(MAPPER.readTree(Json.write(read))).isEqualTo(golden);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aGoldenFileSatisfiesThePublishedJsonSchema(Map.Entry<String, Record> sample)
      throws IOException {
    String resource = "/dev/sluice/schemas/" + sample.getKey() + ".schema.json";
    try (InputStream schema = GoldenJsonTest.class.getResourceAsStream(resource)) {
      assertThat(schema).as(resource).isNotNull();
      Set<ValidationMessage> complaints =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
              .getSchema(schema)
              .validate(golden(sample.getKey()));
      assertThat(complaints).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anUnknownFieldIsIgnored(Map.Entry<String, Record> sample) throws Exception {
    ObjectNode grown = (ObjectNode) golden(sample.getKey());
    grown.put("a_field_of_tomorrow", 1);

    Record read = Json.read(MAPPER.writeValueAsBytes(grown), sample.getValue().getClass());

    assertThat(MAPPER.readTree(Json.write(read))).isEqualTo(golden(sample.getKey()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aMissingRequiredFieldIsRefusedByName(Map.Entry<String, Record> sample) throws Exception {
    for (RecordComponent component : sample.getValue().getClass().getRecordComponents()) {
      String field = Json.snakeCase(component.getName());
      ObjectNode cut = (ObjectNode) golden(sample.getKey());
      if (component.isAnnotationPresent(Nullable.class)) {
        cut.remove(field);
        Json.read(MAPPER.writeValueAsBytes(cut), sample.getValue().getClass());
      } else {
        assertThat(cut.remove(field)).as(field).isNotNull();
        byte[] bytes = MAPPER.writeValueAsBytes(cut);
        assertThatThrownBy(() -> Json.read(bytes, sample.getValue().getClass()))
            .as(field)
            .isInstanceOf(MalformedException.class)
            .hasMessageContaining(field);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void brokenBytesAreMalformedNotACrash(Map.Entry<String, Record> sample) {
    byte[] whole = Json.write(sample.getValue());
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Json.read(cut, sample.getValue().getClass()))
          .isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(
            () -> Json.read("null".getBytes(StandardCharsets.UTF_8), sample.getValue().getClass()))
        .isInstanceOf(MalformedException.class);
  }

  private static JsonNode golden(String name) throws IOException {
    try (InputStream file = GoldenJsonTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      assertThat(file).as("golden/" + name + ".json").isNotNull();
      return MAPPER.readTree(file);
    }
  }
}
