// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.notebook.Jupyter;
import dev.sluice.cli.notebook.KernelSpec;
import dev.sluice.cli.notebook.Notebooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice notebook}: Jupyter with the notebooks, or one of them without a browser. */
@Command(
    name = "notebook",
    description = {
      "Starts Jupyter on 127.0.0.1 with the notebooks over the datasets, or runs one of them.",
      "Needs Jupyter; the Java kernel comes with Sluice."
    },
    mixinStandardHelpOptions = true,
    subcommands = NotebookCommand.Run.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice notebook",
      "  sluice notebook --datasets out/demo-1/datasets --port 8899 --no-browser",
      "  sluice notebook run 02 --datasets out/demo-1/datasets --out why.html",
      "  sluice notebook --kernel-dir ~/.local/share/jupyter   the kernel in every Jupyter of yours"
    })
final class NotebookCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Option(
      names = "--port",
      defaultValue = "8888",
      description = "on 127.0.0.1; the next free one when it is taken (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(names = "--no-browser", description = "print the address and open no browser")
  private boolean noBrowser;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Notebooks notebooks = new Notebooks(Home.find());
    Process server =
        where
            .jupyter()
            .server(notebooks.directory(), port, !noBrowser, where.datasets())
            .inheritIO()
            .start();
    return server.waitFor() == 0 ? ExitCodes.OK : ExitCodes.ENVIRONMENT;
  }

  /** {@code sluice notebook run}: one notebook, from the first cell to the last. */
  @Command(
      name = "run",
      description = "Runs a notebook without a browser; exit code 1 when a cell fails.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  sluice notebook run 02 --datasets out/demo-1/datasets --out why.html",
        "  sluice notebook run 06 --out calibration.ipynb"
      })
  static final class Run implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Where where;

    @Parameters(paramLabel = "NUMBER", description = "01 to 07, a name, or a file")
    private String notebook;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "the result: .html or .ipynb")
    private Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Path found = new Notebooks(Home.find()).find(notebook);
      where.jupyter().run(found, out, where.datasets());
      PrintWriter stdout = spec.commandLine().getOut();
      stdout.println(out);
      stdout.flush();
      return ExitCodes.OK;
    }
  }

  /** What both ways have in common: the datasets, and where the kernel is installed. */
  static final class Where {
    @Option(
        names = {"--datasets", "--data"},
        paramLabel = "DIR",
        description = "directory of the datasets (default: those of the newest run below out/)")
    private Path datasets;

    @Option(
        names = "--kernel-dir",
        paramLabel = "DIR",
        description = {
          "where the kernel is installed, and Jupyter keeps its files (default: out/jupyter of the",
          "installation)"
        })
    private Path kernelDirectory;

    /** As given and there; null for the notebook's own choice. */
    private Path datasets() {
      if (datasets != null && !Files.isDirectory(datasets)) {
        throw CliException.usage(
            "no such directory", datasets.toString(), "give --datasets the datasets of a run");
      }
      return datasets;
    }

    private Jupyter jupyter() throws IOException {
      Path home = Home.find();
      Path directory = kernelDirectory == null ? home.resolve("out/jupyter") : kernelDirectory;
      String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
      Jupyter jupyter = new Jupyter(path, directory);
      jupyter.need("jupyter-lab", "jupyter-notebook", "jupyter-nbconvert");
      KernelSpec.install(
          directory, home.resolve("notebooks"), home.resolve("jobs/cli/target/notebook-lib"));
      return jupyter;
    }
  }
}
