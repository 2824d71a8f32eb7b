// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jobs in {@code sluice-jobs.jar} by their names on the command line: {@code StopCriteriaJob}
 * is {@code stop-criteria}, {@code AllJobs} is {@code all}.
 */
public final class JobNames {
  /** The job that holds all others in one graph. */
  public static final String ALL = "all";

  private static final Pattern MAIN =
      Pattern.compile("dev/sluice/flink/app/([A-Z][A-Za-z]*?)Jobs?\\.class");

  private final Map<String, String> mainByName;

  private JobNames(Map<String, String> mainByName) {
    this.mainByName = mainByName;
  }

  /** The jobs of that jar. */
  public static JobNames in(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return of(file.stream().map(java.util.zip.ZipEntry::getName).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar, e);
    }
  }

  static JobNames of(Iterable<String> entries) {
    Map<String, String> found = new TreeMap<>();
    for (String entry : entries) {
      Matcher matcher = MAIN.matcher(entry);
      if (matcher.matches()) {
        found.put(
            matcher.group(1).replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT),
            entry.substring(0, entry.length() - ".class".length()).replace('/', '.'));
      }
    }
    return new JobNames(found);
  }

  /** Main class of a job, by its name or its plural: {@code bucket}, {@code buckets}. */
  public Optional<String> main(String name) {
    String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    return Optional.ofNullable(mainByName.getOrDefault(name, mainByName.get(singular)));
  }

  /** Main classes by name, names in order. */
  public Map<String, String> all() {
    return new TreeMap<>(mainByName);
  }
}
