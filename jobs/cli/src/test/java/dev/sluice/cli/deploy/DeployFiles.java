// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sluice.cli.Home;
import dev.sluice.engine.app.EngineMain;
import dev.sluice.flink.config.SluiceConfig;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** What is in {@code config/deploy}, and what in it can be held against the code. */
final class DeployFiles {
  /** Version of Flink that the jobs are compiled against. */
  static final String FLINK_VERSION = EnvironmentInformation.getVersion();

  /** Where the images have the configuration of this tree. */
  private static final String CONFIG_IN_IMAGE = "/opt/sluice/config";

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<Class<?>> OPTIONS =
      List.of(
          CheckpointingOptions.class,
          CoreOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          RestOptions.class,
          TaskManagerOptions.class);

  private DeployFiles() {}

  static Path path(String... parts) {
    Path path = Home.find().resolve("config").resolve("deploy");
    for (String part : parts) {
      path = path.resolve(part);
    }
    return path;
  }

  static JsonNode yaml(String... parts) throws IOException {
    return YAML.readTree(Files.readString(path(parts)));
  }

  static JsonNode yamlText(String text) throws IOException {
    return YAML.readTree(text);
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** Fails on a key that Flink does not know: it would be ignored without a word. */
  static void flinkKnows(Set<String> keys) {
    Set<String> known = new TreeSet<>();
    for (Class<?> options : OPTIONS) {
      for (Field field : options.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
          try {
            known.add(((ConfigOption<?>) field.get(null)).key());
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
          }
        }
      }
    }
    assertThat(known).containsAll(keys);
  }

  /**
   * A job's main class and arguments as they are given in the image; returns what it would read.
   */
  static SluiceConfig job(String mainClass, List<String> arguments) throws Exception {
    assertThat(Class.forName(mainClass).getMethod("main", String[].class)).isNotNull();
    String here = Home.find().resolve("config").toString();
    return SluiceConfig.fromArguments(
        arguments.stream()
            .map(argument -> argument.replace(CONFIG_IN_IMAGE, here))
            .toArray(String[]::new));
  }

  /** Fails on an option that the engine does not take. */
  static void engineTakes(List<String> arguments) {
    assertThat(arguments.get(0)).isEqualTo("engine");
    EngineMain.commandLine()
        .parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
  }
}
