// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import dev.sluice.cli.CliException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Jupyter as it is installed on this machine; it keeps what it writes below one directory. */
public final class Jupyter {
  private static final String INSTALL =
      "install it: Debian: apt-get install jupyter-notebook jupyter-nbconvert; elsewhere: pip"
          + " install jupyterlab nbconvert";

  private final List<Path> path;
  private final Path directory;

  /**
   * The programs on a search path.
   *
   * @param path as in the variable PATH
   * @param directory with {@code kernels/}; Jupyter's settings and run-time files go there, too
   */
  public Jupyter(String path, Path directory) {
    this.path = Stream.of(path.split(File.pathSeparator)).map(Path::of).toList();
    this.directory = directory.toAbsolutePath();
  }

  /**
   * The first of these programs that is installed.
   *
   * @throws CliException (environment) when none is; the message says how to install it
   */
  public Path need(String... programs) {
    for (String program : programs) {
      Optional<Path> found =
          path.stream().map(each -> each.resolve(program)).filter(Files::isExecutable).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw CliException.environment(
        "no " + String.join(" and no ", programs) + " found", "on PATH", INSTALL, null);
  }

  /** A server on 127.0.0.1 with the notebooks; JupyterLab where it is there, else Notebook. */
  public ProcessBuilder server(Path notebooks, int port, boolean browser, Path datasets) {
    List<String> line = new ArrayList<>();
    line.add(need("jupyter-lab", "jupyter-notebook").toString());
    line.add("--ip=127.0.0.1");
    line.add("--port=" + port);
    line.add("--notebook-dir=" + notebooks.toAbsolutePath());
    if (!browser) {
      line.add("--no-browser");
    }
    return process(line, datasets);
  }

  /**
   * Runs a notebook from its first to its last cell, without a browser.
   *
   * @param out ends in {@code .html} or {@code .ipynb}
   * @param datasets null for what the notebook takes by itself
   * @throws CliException (failed) when a cell fails; its message is in the exception's
   */
  public void run(Path notebook, Path out, Path datasets) throws IOException, InterruptedException {
    String name = out.getFileName().toString();
    boolean html = name.endsWith(".html");
    if (!html && !name.endsWith(".ipynb")) {
      throw CliException.usage("--out is neither .html nor .ipynb", name, "name one of the two");
    }
    Path target = out.toAbsolutePath().getParent();
    Files.createDirectories(target);
    List<String> line =
        List.of(
            need("jupyter-nbconvert").toString(),
            "--to",
            html ? "html" : "notebook",
            "--execute",
            "--ExecutePreprocessor.timeout=1800",
            "--ExecutePreprocessor.startup_timeout=120",
            "--output-dir",
            target.toString(),
            "--output",
            name,
            notebook.toAbsolutePath().toString());
    Path log = Files.createTempFile("sluice-notebook-", ".log");
    try {
      Process process =
          process(line, datasets).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      if (process.waitFor() != 0) {
        throw CliException.failed(
            "the notebook failed: " + lastWords(log),
            notebook.toString(),
            "open it with 'sluice notebook' to see the cell");
      }
    } finally {
      Files.delete(log);
    }
  }

  private ProcessBuilder process(List<String> line, Path datasets) {
    ProcessBuilder builder = new ProcessBuilder(line);
    Map<String, String> environment = builder.environment();
    environment.put("JUPYTER_PATH", directory.toString());
    environment.put("JUPYTER_CONFIG_DIR", directory.resolve("config").toString());
    environment.put("JUPYTER_DATA_DIR", directory.resolve("data").toString());
    environment.put("JUPYTER_RUNTIME_DIR", directory.resolve("runtime").toString());
    environment.put("IPYTHONDIR", directory.resolve("ipython").toString());
    if (datasets != null) {
      environment.put("SLUICE_DATASETS", datasets.toAbsolutePath().toString());
    }
    return builder;
  }

  /** The end of what was said, without the colours of a terminal. */
  private static String lastWords(Path log) throws IOException {
    String text = Files.readString(log).replaceAll("\u001b\\[[;\\d]*m", "").strip();
    return text.substring(Math.max(0, text.length() - 2_000));
  }
}
