// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.CliException;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Home;
import dev.sluice.cli.Main;
import dev.sluice.schemas.codec.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every notebook, executed as {@code sluice notebook run} does, on one short run. */
class NotebooksTest {
  private static final int AT_ONCE = 2;
  private static final Set<String> OF_A_TRIAL = Set.of("05", "06");

  @TempDir Path directory;

  @Test
  void everyNotebookAnswersItsQuestionFromTheDatasetsAlone() throws Exception {
    needsJupyter();
    Path breach = NotebookFixture.breach();
    Path trial = NotebookFixture.trial();
    Map<String, Future<JsonNode>> running = new TreeMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Path notebook : new Notebooks(Home.find()).all()) {
        String number = notebook.getFileName().toString().substring(0, 2);
        Path datasets = OF_A_TRIAL.contains(number) ? trial : breach;
        running.put(number, pool.submit(() -> executed(number, datasets)));
      }
      Map<String, String> answers = new TreeMap<>();
      for (Map.Entry<String, Future<JsonNode>> each : running.entrySet()) {
        answers.put(each.getKey(), checked(each.getKey(), each.getValue().get()));
      }
      assertThat(answers.keySet()).containsExactly("01", "02", "03", "04", "05", "06", "07");
      RawFigures raw = new RawFigures(breach);
      assertThat(answers.get("02"))
          .contains(raw.missesOfTheFirstTrip())
          .contains("mm-1 was told PAUSE");
      assertThat(answers.get("03")).contains(raw.executionQuality());
      assertThat(answers.get("04")).contains(raw.latency());
      assertThat(answers.get("05")).contains("stage 50 %: net_bps of B − A is");
      assertThat(answers.get("06")).contains(" quotes with ").contains(" fills, A = ");
      assertThat(answers.get("07")).contains("at the end 0 differences stand");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void withoutItsDatasetsANotebookSaysSoAndInventsNothing() throws Exception {
    needsJupyter();
    JsonNode notebook = executed("06", Files.createDirectory(directory.resolve("nothing")));
    assertThat(answer(notebook))
        .startsWith("Answer: none, because orders, fills, ticks is missing.");
  }

  @Test
  void aNotebookBecomesOnePageWithItsPlots() throws Exception {
    needsJupyter();
    Path page = directory.resolve("tour.html");
    run("07", NotebookFixture.breach(), page);
    assertThat(Files.readString(page)).contains("data:image/png;base64,").contains("Answer:");
  }

  @Test
  void committedNotebooksHoldNoResultsAndNoPathsOfAMachine() throws Exception {
    for (Path each : new Notebooks(Home.find()).all()) {
      String text = Files.readString(each);
      assertThat(text).as(each.toString()).doesNotContain("/home/", "/root/", "/tmp/");
      JsonNode notebook = Json.mapper().readTree(text);
      assertThat(notebook.path("metadata").path("kernelspec").path("name").asText())
          .isEqualTo(KernelSpec.NAME);
      JsonNode cells = notebook.path("cells");
      assertThat(text(cells.get(0).path("source"))).as(each.toString()).contains("**Question:**");
      assertThat(text(cells.get(cells.size() - 1).path("source"))).contains("sluice.answer(");
      for (JsonNode cell : cells) {
        assertThat(cell.path("outputs")).as(each.toString()).isEmpty();
        assertThat(cell.path("execution_count").isNumber()).isFalse();
      }
    }
  }

  @Test
  void withoutJupyterItSaysHowToInstallIt() {
    Jupyter jupyter = new Jupyter(directory.toString(), directory);
    assertThatThrownBy(() -> jupyter.need("jupyter-lab", "jupyter-notebook"))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCodes.ENVIRONMENT))
        .hasMessageContaining("apt-get install jupyter-notebook")
        .hasMessageContaining("pip install jupyterlab");
  }

  @Test
  void anUnknownNotebookIsWrongUse() {
    assertThatThrownBy(() -> new Notebooks(Home.find()).find("99"))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCodes.USAGE))
        .hasMessageContaining("01-tour-of-the-datasets.ipynb");
  }

  private static void needsJupyter() {
    try {
      new Jupyter(System.getenv("PATH"), Path.of("unused")).need("jupyter-nbconvert");
    } catch (CliException e) {
      System.err.println("SKIPPED, THE NOTEBOOKS ARE NOT TESTED: " + e.getMessage());
      assumeTrue(false, e.getMessage());
    }
  }

  private JsonNode executed(String number, Path datasets) throws Exception {
    Path out = directory.resolve(number + ".ipynb");
    run(number, datasets, out);
    return Json.mapper().readTree(out.toFile());
  }

  private void run(String number, Path datasets, Path out) {
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "notebook",
            "run",
            number,
            "--datasets",
            datasets.toString(),
            "--out",
            out.toString(),
            "--kernel-dir",
            directory.resolve("kernel-of-" + number).toString());
    assertThat(code).as("%s: %s", number, err).isEqualTo(ExitCodes.OK);
  }

  /** No failed cell, a plot, an answer; gives the answer. */
  private static String checked(String number, JsonNode notebook) {
    int plots = 0;
    for (JsonNode cell : notebook.path("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        assertThat(output.path("output_type").asText()).as(output.toString()).isNotEqualTo("error");
        plots += output.path("data").has("image/png") ? 1 : 0;
      }
    }
    assertThat(plots).as("plots of " + number).isPositive();
    String answer = answer(notebook);
    assertThat(answer).as(number).startsWith("Answer: ").doesNotContain("none, because");
    return answer;
  }

  private static String answer(JsonNode notebook) {
    JsonNode cells = notebook.path("cells");
    JsonNode outputs = cells.get(cells.size() - 1).path("outputs");
    return text(outputs.get(outputs.size() - 1).path("data").path("text/plain"));
  }

  private static String text(JsonNode lines) {
    if (lines.isTextual()) {
      return lines.asText();
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.asText()));
    return text.toString();
  }
}
