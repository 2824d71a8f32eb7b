// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a release asks of git, by git itself. Any thread. */
final class GitCheckout {
  private static final long WAIT_S = 30;
  private static final int LOG = 500;

  private final Path directory;

  /** What git said. */
  private record Said(int exit, String text) {}

  GitCheckout(Path directory) {
    this.directory = directory;
  }

  /** Whether the directory is in a checkout, and git is installed. */
  boolean there() {
    return ask("rev-parse", "--is-inside-work-tree").exit == 0;
  }

  /** The commit that is checked out. */
  String head() {
    return ask("rev-parse", "HEAD").text.strip();
  }

  /** Whether tracked files differ from the commit. */
  boolean altered() {
    return !ask("status", "--porcelain", "--untracked-files=no").text.isBlank();
  }

  /** The commit of a tag; null when there is no such tag. */
  String tagged(String tag) {
    Said said = ask("rev-parse", "--verify", "--quiet", "refs/tags/" + tag + "^{commit}");
    return said.exit == 0 ? said.text.strip() : null;
  }

  /** Tag before this commit; null for none. */
  String lastTag() {
    Said said = ask("describe", "--tags", "--abbrev=0");
    return said.exit == 0 ? said.text.strip() : null;
  }

  /**
   * One line per commit since a tag, the newest first; at most 500.
   *
   * @param tag null for the beginning
   */
  List<String> log(String tag) {
    return ask(
            "log",
            "--no-merges",
            "--format=%h %s",
            "-n",
            Integer.toString(LOG),
            tag == null ? "HEAD" : tag + "..HEAD")
        .text
        .lines()
        .toList();
  }

  /**
   * Makes an annotated tag.
   *
   * @throws IOException when git refuses; the message says why
   */
  void tag(String tag, String message) throws IOException {
    Said said = ask("tag", "--annotate", tag, "--message", message);
    if (said.exit != 0) {
      throw new IOException(said.text.strip());
    }
  }

  private Said ask(String... arguments) {
    List<String> line = new ArrayList<>(List.of("git", "-C", directory.toString()));
    line.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(line).redirectErrorStream(true).start();
      git.getOutputStream().close();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!git.waitFor(WAIT_S, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return new Said(-1, "git does not answer");
      }
      return new Said(git.exitValue(), text);
    } catch (IOException e) {
      return new Said(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Said(-1, "interrupted");
    }
  }
}
