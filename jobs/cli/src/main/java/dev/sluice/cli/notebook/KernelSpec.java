// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import dev.sluice.cli.CliException;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Tells Jupyter how to start the Java kernel of the notebooks: a directory {@code
 * kernels/sluice-java} with a {@code kernel.json} and the compiled {@code KernelStart}.
 */
public final class KernelSpec {
  /** Name of the kernel in the notebooks' metadata. */
  public static final String NAME = "sluice-java";

  private static final String KERNEL = "rapaio-jupyter-kernel.jar";
  private static final List<String> LIBRARIES = List.of("duckdb_jdbc.jar", "xchart.jar");

  private KernelSpec() {}

  /**
   * Writes the kernel below a directory that is then given to Jupyter as JUPYTER_PATH; what is
   * there is replaced.
   *
   * @param jupyterPath created where missing
   * @param notebooks directory that holds {@code KernelStart.java}
   * @param libraries directory with the kernel, DuckDB and the charts, filled by the build
   * @return the kernel's own directory
   * @throws CliException when the build has not put the libraries there, or this Java cannot
   *     compile
   */
  public static Path install(Path jupyterPath, Path notebooks, Path libraries) throws IOException {
    Path directory = jupyterPath.toAbsolutePath().resolve("kernels").resolve(NAME);
    Files.createDirectories(directory);
    Path kernel = library(libraries, KERNEL);
    compile(notebooks.resolve("KernelStart.java"), kernel, directory);
    Files.write(directory.resolve("kernel.json"), Json.write(spec(directory, kernel, libraries)));
    return directory;
  }

  private static Map<String, Object> spec(Path directory, Path kernel, Path libraries) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put(
        "argv",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-cp",
            directory + java.io.File.pathSeparator + kernel,
            "KernelStart",
            "{connection_file}"));
    spec.put("display_name", "Java (Sluice)");
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    spec.put(
        "env",
        Map.of(
            "RJK_CLASSPATH",
            String.join(
                ";", LIBRARIES.stream().map(name -> library(libraries, name).toString()).toList()),
            "RJK_COMPILER_OPTIONS",
            "",
            "RJK_INIT_SCRIPT",
            "",
            "RJK_TIMEOUT_MILLIS",
            "-1",
            "RJK_MIMA_CACHE",
            directory.resolve("cache").toString()));
    return spec;
  }

  private static Path library(Path libraries, String name) {
    Path jar = libraries.toAbsolutePath().resolve(name);
    if (!Files.isRegularFile(jar)) {
      throw CliException.environment(
          "the notebooks' libraries are not there",
          jar.toString(),
          "build with ./sluice, or: mvn -DskipTests package",
          null);
    }
    return jar;
  }

  private static void compile(Path source, Path kernel, Path directory) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw CliException.environment(
          "the notebooks need a JDK, and this is a JRE",
          System.getProperty("java.home"),
          "set JAVA_HOME to a JDK 17 or later",
          null);
    }
    StringWriter words = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                words,
                null,
                null,
                List.of("-proc:none", "-cp", kernel.toString(), "-d", directory.toString()),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    if (!compiled) {
      throw CliException.environment(
          "the kernel's start does not compile: " + words,
          source.toString(),
          "check the version of the kernel",
          null);
    }
  }
}
