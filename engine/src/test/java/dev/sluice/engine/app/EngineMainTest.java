// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EngineMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();
  @TempDir private Path directory;

  @Test
  void helpHasExamplesAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("Examples:")
        .contains("--scenario config/scenarios/soak-72h.yaml")
        .contains("130");
  }

  @Test
  void badOptionsConfigurationAndScenariosExitWithTwoAndOneLine() throws Exception {
    assertThat(run("--sped", "3")).isEqualTo(2);
    assertThat(run("--speed", "fast")).isEqualTo(2);
    assertThat(run("--set", "flags.pipelin=true")).isEqualTo(2);
    assertThat(error.toString()).contains("did you mean 'pipeline'?");
    assertThat(run("--data", directory.resolve("none.gz").toString())).isEqualTo(2);
    Path scenario = directory.resolve("bad.yaml");
    Files.writeString(scenario, "nam: x\n");
    assertThat(run("--scenario", scenario.toString())).isEqualTo(2);
    assertThat(error.toString()).contains("bad.yaml: unknown key 'nam'; did you mean 'name'?");
    assertThat(run("--duration", "soon")).isEqualTo(2);
    assertThat(run("--config", directory.resolve("no.yaml").toString())).isEqualTo(2);
  }

  @Test
  void kafkaThatDoesNotAnswerExitsWithThree() {
    assertThat(run("--bootstrap", "localhost:1", "--kafka-wait", "1s")).isEqualTo(3);
    assertThat(error.toString()).contains("no Kafka answers at localhost:1");
  }

  private int run(String... args) {
    CommandLine command = EngineMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(error, true));
    return command.execute(args);
  }
}
