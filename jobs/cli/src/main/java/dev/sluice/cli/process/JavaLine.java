// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a Java process: the Java this one runs on. */
public final class JavaLine {
  private JavaLine() {}

  /**
   * {@code java <jvmOptions> -cp <classPath> <mainClass> <arguments>}.
   *
   * @param classPath in Java's own notation
   */
  public static List<String> of(
      String classPath, String mainClass, List<String> jvmOptions, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmOptions);
    line.add("-cp");
    line.add(classPath);
    line.add(mainClass);
    line.addAll(arguments);
    return line;
  }

  /** The file that has nothing to read. */
  static File nothing() {
    return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
