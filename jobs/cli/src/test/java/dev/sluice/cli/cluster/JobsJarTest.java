// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sluice-jobs.jar} as {@code flink run} takes it; docs/decisions/0028. */
class JobsJarTest {
  private static final String SERVICES = "META-INF/services/";
  private static final List<String> NATIVE = List.of("net/jpountz/", "org/xerial/snappy/");

  private final FlinkInstallation installation = FlinkInstallation.expected();

  @BeforeEach
  void theBuildMadeIt() {
    assumeTrue(
        installation.complete(),
        "SKIPPED: no " + installation.jobs() + "; mvn package makes it before these tests");
  }

  @Test
  void noClassOfFlinkOrHadoopAndNoLogBindingIsInside() throws IOException {
    assertThat(entries(installation.jobs()))
        .noneMatch(name -> name.startsWith("org/apache/flink/"))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .noneMatch(name -> name.startsWith("org/apache/logging/"))
        .noneMatch(name -> name.startsWith("ch/qos/"))
        .noneMatch(name -> name.matches("log4j.*\\.(xml|properties)"))
        .noneMatch(name -> name.startsWith(SERVICES + "org.slf4j"));
  }

  @Test
  void whatNobodyNamesIsRelocatedAndWhatPeopleNameIsNot() throws IOException {
    Set<String> names = entries(installation.jobs());
    for (String moved :
        List.of(
            "com/fasterxml/jackson/databind/ObjectMapper",
            "org/yaml/snakeyaml/Yaml",
            "org/apache/avro/Schema",
            "org/apache/parquet/hadoop/ParquetWriter",
            "org/apache/hadoop/conf/Configuration",
            "org/apache/flink/connector/kafka/source/KafkaSource",
            "org/HdrHistogram/Histogram")) {
      assertThat(names).contains("dev/sluice/shaded/" + moved + ".class");
      assertThat(names).doesNotContain(moved + ".class");
    }
    assertThat(names)
        .contains(
            "org/apache/kafka/common/security/scram/ScramLoginModule.class",
            "org/apache/kafka/common/config/provider/EnvVarConfigProvider.class",
            "com/github/luben/zstd/Zstd.class",
            "net/jpountz/lz4/LZ4Factory.class");
  }

  @Test
  void nothingIsThereTwiceButNativeLibraries() throws IOException {
    Set<String> twice = classes(installation.jobs());
    Set<String> ofFlink = new HashSet<>();
    for (Path jar : lib()) {
      ofFlink.addAll(classes(jar));
    }
    twice.retainAll(ofFlink);
    twice.removeIf(name -> NATIVE.stream().anyMatch(name::startsWith));
    assertThat(ofFlink).contains("org/apache/flink/runtime/taskexecutor/TaskManagerRunner.class");
    assertThat(twice).isEmpty();
  }

  @Test
  void everyProviderOfEveryServiceIsThere() throws IOException {
    Set<String> names = entries(installation.jobs());
    List<String> providers = new ArrayList<>();
    try (JarFile jar = new JarFile(installation.jobs().toFile())) {
      for (String name : names) {
        if (name.startsWith(SERVICES) && !name.endsWith("/")) {
          String text =
              new String(
                  jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
          text.lines()
              .map(line -> line.replaceAll("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .forEach(providers::add);
        }
      }
    }
    assertThat(providers)
        .contains("org.apache.kafka.common.config.provider.FileConfigProvider")
        .allSatisfy(provider -> assertThat(names).contains(provider.replace('.', '/') + ".class"));
  }

  @Test
  void everyMainLoadsBesideFlinksOwnClassesAlone() throws Exception {
    JobNames jobs = JobNames.in(installation.jobs());
    assertThat(jobs.all().keySet())
        .containsExactly(
            "all",
            "bucket",
            "calibration",
            "dataset",
            "gate",
            "integrity",
            "parity",
            "portfolio-risk",
            "reconciliation",
            "stop-criteria",
            "trial");
    List<URL> flink = new ArrayList<>();
    for (Path jar : lib()) {
      flink.add(jar.toUri().toURL());
    }
    URL own = installation.jobs().toUri().toURL();
    try (URLClassLoader cluster =
            new URLClassLoader(flink.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        URLClassLoader user = new URLClassLoader(new URL[] {own}, cluster)) {
      for (String main : jobs.all().values()) {
        Class<?> type = Class.forName(main, true, user);
        assertThat(Modifier.isStatic(type.getMethod("main", String[].class).getModifiers()))
            .isTrue();
        assertThat(type.getDeclaredMethods()).isNotEmpty();
        assertThat(type.getClassLoader()).isSameAs(user);
      }
    }
  }

  private List<Path> lib() throws IOException {
    try (Stream<Path> jars = Files.list(installation.lib())) {
      return jars.filter(path -> path.toString().endsWith(".jar")).toList();
    }
  }

  private static Set<String> classes(Path jar) throws IOException {
    Set<String> names = entries(jar);
    names.removeIf(name -> !name.endsWith(".class") || name.startsWith("META-INF/"));
    names.removeIf(name -> name.endsWith("module-info.class"));
    return names;
  }

  private static Set<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new HashSet<>(file.stream().map(ZipEntry::getName).toList());
    }
  }
}
