// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema files are generated from the records; this test fails when they differ. */
class JsonSchemaTest {
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static Stream<Map.Entry<String, Record>> samples() {
    return Samples.all().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theCommittedSchemaIsTheRecords(Map.Entry<String, Record> sample) throws IOException {
    Class<?> type = sample.getValue().getClass();
    ObjectNode schema = generator().generateSchema(type);
    schema.put("$id", "urn:sluice:" + sample.getKey());
    schema.put("title", type.getSimpleName());

    GeneratedFile.check(
        "src/main/resources/dev/sluice/schemas/" + sample.getKey() + ".schema.json",
        PRETTY.writeValueAsString(schema) + "\n");
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
                PRETTY, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.FLATTENED_ENUMS, Option.INLINE_ALL_SCHEMAS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    config
        .forFields()
        .withPropertyNameOverrideResolver(field -> Json.snakeCase(field.getDeclaredName()))
        .withRequiredCheck(
            field ->
                component(field.getDeclaringType().getErasedType(), field.getDeclaredName())
                    .map(c -> !c.isAnnotationPresent(Nullable.class))
                    .orElse(false));
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (type, context) -> {
              ObjectNode definition = PRETTY.createObjectNode();
              if (type.getErasedType() == BigDecimal.class) {
                definition
                    .put("type", "string")
                    .put("pattern", "^-?[0-9]+(\\.[0-9]+)?$")
                    .put("description", "decimal number as a string");
              } else if (type.getErasedType() == byte[].class) {
                definition.put("type", "string").put("contentEncoding", "base64");
              } else {
                return null;
              }
              return new com.github.victools.jsonschema.generator.CustomDefinition(
                  definition, true);
            });
    return new SchemaGenerator(config.build());
  }

  private static java.util.Optional<RecordComponent> component(Class<?> type, String name) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents()).filter(c -> c.getName().equals(name)).findAny()
        : java.util.Optional.empty();
  }
}
