// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.cluster;

import dev.sluice.cli.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code flink run}: Flink's client as a process, with nothing of ours on its class path. */
final class FlinkClient {
  private static final Pattern SUBMITTED = Pattern.compile("with JobID ([0-9a-f]{32})");
  private static final Pattern CAUSE = Pattern.compile("(?m)^Caused by: (.*)$");
  private static final Pattern ERROR = Pattern.compile("(?m)^(\\S*(?:Exception|Error): .*)$");

  private final ProcessLines lines;
  private final ClusterDirectory directory;

  FlinkClient(ProcessLines lines, ClusterDirectory directory) {
    this.lines = lines;
    this.directory = directory;
  }

  /**
   * Submits a job and returns its id; what it reads from files, it reads here.
   *
   * @throws CliException when it is refused
   */
  String run(Submission submission, Path jar) {
    List<String> arguments = new ArrayList<>(List.of("run", "--detached"));
    submission.from().ifPresent(from -> arguments.addAll(List.of("--fromSavepoint", from)));
    arguments.addAll(List.of("--class", submission.mainClass(), jar.toString()));
    arguments.addAll(submission.arguments());
    String said = said(lines.client(arguments));
    Matcher submitted = SUBMITTED.matcher(said);
    if (!submitted.find()) {
      throw CliException.environment(
          "Flink's client did not submit " + submission.mainClass() + ": " + cause(said),
          directory.logs().resolve("client.log").toString(),
          "mend the cause and submit it again",
          null);
    }
    return submitted.group(1);
  }

  private String said(List<String> line) {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(lines.clientEnvironment());
    builder.redirectErrorStream(true);
    try {
      Process client = builder.start();
      client.getOutputStream().close();
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      client.waitFor();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run Flink's client", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a job was submitted", e);
    }
  }

  /** The innermost cause of a stack trace, or the end of what was said. */
  static String cause(String said) {
    String found = last(CAUSE, said);
    if (found == null) {
      found = last(ERROR, said);
    }
    return found == null ? said.substring(Math.max(0, said.length() - 500)).strip() : found;
  }

  private static String last(Pattern pattern, String text) {
    String found = null;
    for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
      found = matcher.group(1);
    }
    return found;
  }
}
