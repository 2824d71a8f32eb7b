// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CliException;
import dev.sluice.cli.dataset.Datasets;
import dev.sluice.cli.dataset.Parquet;
import dev.sluice.rules.release.GateOutcome;
import dev.sluice.rules.release.GateResult;
import dev.sluice.rules.spec.CriteriaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file of gates is told with file, line, key, and what was meant. */
class StageYamlTest {
  private static final String SOUND =
      """
      stage: mine
      description: One gate.
      window: 1h
      provenance: live
      with:
        beats: SELECT * FROM health
      gates:
        - id: alive
          description: There are heartbeats.
          pass: ">= 1"
          min_samples: 1
          max_age: 1h
          sql: SELECT count(*) AS value, count(*) AS n, max(event_time_us) AS as_of FROM beats
          mend: "start it"
      """;

  @TempDir Path directory;

  @BeforeEach
  void sound() throws IOException {
    write("mine", SOUND);
  }

  @Test
  void aSoundFileIsRead() {
    Stage stage = read();

    assertThat(stage.entries()).hasSize(1);
    assertThat(stage.entries().get(0).sql())
        .startsWith("WITH beats AS (SELECT * FROM health)")
        .endsWith("FROM beats)");
    assertThat(stage.entries().get(0).gate().windowMs()).isEqualTo(3_600_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "window: 1h | windw: 1h | mine.yaml:3: unknown key `windw` in a stage; did you mean 'window'?",
        "max_age: 1h | max_aeg: 1h | mine.yaml:12: unknown key `max_aeg` in a gate; did you mean 'max_age'?",
        "    max_age: 1h | # | `max_age` is mandatory",
        "pass: \">= 1\" | pass: \"around 1\" | mine.yaml:10: `pass`: `around 1` is no comparison",
        "min_samples: 1 | min_samples: 0 | min_samples is at least 1",
        "provenance: live | provenance: liv | mine.yaml:4: `provenance: liv` is unknown; did you mean 'live'?",
        "id: alive | id: Alive | mine.yaml:8: `id`",
        "    mend: \"start it\" | # | `mend` is mandatory",
        "stage: mine | stage: other | mine.yaml:1: `stage: other` is in the file of mine",
      })
  void whatIsWrongIsNamed(String from, String to, String message) throws IOException {
    write("mine", SOUND.replace(from, to));

    assertThatThrownBy(this::read)
        .isInstanceOf(CriteriaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aStageThatIncludesItselfIsRefused() throws IOException {
    write("other", SOUND.replace("stage: mine", "stage: other\ninclude: [mine]"));
    write("mine", SOUND.replace("stage: mine", "stage: mine\ninclude: [other]"));

    assertThatThrownBy(this::read).hasMessageContaining("stage `mine` includes itself");
  }

  @Test
  void aStageThatIsNotThereIsNamedWithTheNearest() {
    assertThatThrownBy(() -> new StageYaml(directory).read("min"))
        .hasMessageContaining("no stage `min`")
        .hasMessageContaining("did you mean 'mine'?");
  }

  @Test
  void aGateThatIsThereTwiceIsRefused() throws IOException {
    write("other", SOUND.replace("stage: mine", "stage: other"));
    write("mine", SOUND.replace("stage: mine", "stage: mine\ninclude: [other]"));

    assertThatThrownBy(this::read).hasMessageContaining("gate `alive` is there twice");
  }

  @Test
  void aStageWithoutGatesIsRefused() throws IOException {
    write("mine", SOUND.substring(0, SOUND.indexOf("gates:")));

    assertThatThrownBy(this::read).hasMessageContaining("nothing could stop it");
  }

  @Test
  void aWrongQueryIsNamedWithFileLineAndKey() throws IOException {
    write("mine", SOUND.replace("count(*) AS n", "cuont(*) AS n"));

    assertThatThrownBy(this::judge)
        .isInstanceOf(CliException.class)
        .hasMessageContaining("cuont")
        .hasMessageContaining("mine.yaml:13, key `sql`");
  }

  @Test
  void aDatasetThatCannotExistIsAMistakeAndNoMissingData() throws IOException {
    write("mine", SOUND.replace("FROM health", "FROM helth"));

    assertThatThrownBy(this::judge)
        .hasMessageContaining("no dataset `helth`; did you mean 'health'?");
  }

  @Test
  void aColumnThatIsNotGivenIsNamed() throws IOException {
    write("mine", SOUND.replace("AS as_of", "AS asof"));

    assertThatThrownBy(this::judge).hasMessageContaining("no column `as_of`; did you mean 'asof'?");
  }

  @Test
  void aQueryOfSeveralRowsIsNoData() throws IOException {
    write("mine", SOUND.replace("FROM beats", "FROM beats GROUP BY engine_id"));

    GateResult result = judge();

    assertThat(result.outcome()).isEqualTo(GateOutcome.NO_DATA);
    assertThat(result.reason()).contains("the query gives 2 rows, one is needed");
  }

  private Stage read() {
    return new StageYaml(directory).read("mine");
  }

  private GateResult judge() {
    GateWorld world = new GateWorld(directory.resolve("world"));
    Parquet.write(
        world.datasets(),
        "health",
        "SELECT 'mm-' || seq AS engine_id, 'b' AS build_id, 'c' AS config_hash, to_timestamp("
            + (GateWorld.END_S - 60)
            + ") AS event_time_us FROM range(2) t(seq)");
    try (Datasets datasets = new Datasets(world.datasets())) {
      return GateRun.run(
              read(),
              new StageYaml(directory),
              Shipped.settings(world, List.of(), GateWorld.NEWEST_US),
              datasets,
              line -> {})
          .results()
          .get(0);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name + ".yaml"), text);
  }
}
