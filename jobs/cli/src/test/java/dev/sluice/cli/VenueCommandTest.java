// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class VenueCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpShowsExamplesAndExitCodes() {
    assertThat(run("venue", "--help")).isZero();
    assertThat(out.toString())
        .contains("sluice venue --bootstrap none")
        .contains("--port")
        .contains("Exit codes:");
  }

  @Test
  void wrongUseExitsWithTwo() {
    assertThat(run("venue", "--port", "70000", "--bootstrap", "none")).isEqualTo(2);
    assertThat(run("venue", "--data", "x.gz", "--symbols", "A")).isEqualTo(2);
    assertThat(err.toString()).contains("leave out --symbols or --data");
  }

  @Test
  void portThatIsTakenExitsWithThreeAndOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run("venue", "--port", port, "--bootstrap", "none")).isEqualTo(3);
      assertThat(err.toString().trim().lines()).hasSize(1);
      assertThat(err.toString())
          .contains("cannot listen at 127.0.0.1:" + port)
          .contains("take another --port");
    }
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
