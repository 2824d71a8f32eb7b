// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Main;
import dev.sluice.cli.report.TwoDays;
import dev.sluice.cli.trial.TrialHistory;
import dev.sluice.cli.trial.TrialPage;
import dev.sluice.cli.trial.Words;
import dev.sluice.schemas.DeltaRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page we make, opened in a real browser, which starts once for all of them. */
class PagesInBrowserTest {
  /** Per canvas how many of its pixels were painted. */
  private static final String PAINTED =
      "[...document.querySelectorAll('canvas')].map(c => { const d = c.width === 0 ? [] :"
          + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
          + " for (let i = 3; i < d.length; i += 4) { if (d[i] > 0) { n++; } } return n; })";

  private static final String TOO_WIDE =
      "document.documentElement.scrollWidth > document.documentElement.clientWidth";

  @TempDir Path dir;

  @Test
  void pagesShowTheirPlotsAndTheConsoleIsSilent() throws Exception {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.err.println(
          "SKIPPED, PAGES ARE NOT TESTED IN A BROWSER: there is no chromium on PATH");
      assumeTrue(false, "no chromium");
    }
    new TwoDays(dir.resolve("whole"), 24).all();
    new TwoDays(dir.resolve("poor"), 24).health("TRUE");
    Path whole = report("whole");
    Path poor = report("poor");
    Path trial = Files.writeString(dir.resolve("trial.html"), trialPage());
    Path broken =
        Files.writeString(
            dir.resolve("broken.html"),
            "<canvas></canvas><script>fetch('http://127.0.0.1:9/x'); missing();</script>");
    try (Chromium browser = new Chromium(program.get(), dir.resolve("profile"))) {
      shows(browser, whole, 13);
      assertThat(browser.evaluate("document.querySelector('.headline b').textContent").asText())
          .isEqualTo("HEALTHY");
      assertThat(browser.evaluate("document.querySelectorAll('section').length").asInt())
          .isEqualTo(18);
      shows(browser, poor, 4);
      assertThat(browser.evaluate("document.querySelector('.headline b').textContent").asText())
          .isEqualTo("NO DATA");
      shows(browser, trial, 1);

      browser.open(broken);
      assertThat(browser.complaints()).as("this check can fail").isNotEmpty();
      assertThat(browser.requests()).hasSizeGreaterThan(1);
      assertThat(browser.evaluate(PAINTED).get(0).asInt()).isZero();
    }
  }

  private static void shows(Chromium browser, Path page, int plots) throws Exception {
    browser.open(page);
    JsonNode painted = browser.evaluate(PAINTED);
    assertThat(painted).as(page.toString()).hasSize(plots);
    assertThat(painted).allSatisfy(canvas -> assertThat(canvas.asInt()).isGreaterThan(1_000));
    assertThat(browser.evaluate(TOO_WIDE).asBoolean()).as("fits the window").isFalse();
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsExactly(page.toUri().toString());
  }

  private Path report(String name) {
    Path out = dir.resolve(name + "-report");
    StringWriter said = new StringWriter();
    int exit =
        Main.run(
            new PrintWriter(said),
            new PrintWriter(said),
            "report",
            "daily",
            "--datasets",
            dir.resolve(name).toString(),
            "--day",
            "2026-01-05",
            "--out",
            out.toString());
    assertThat(exit).as(said.toString()).isEqualTo(ExitCodes.OK);
    return out.resolve("report.html");
  }

  private static String trialPage() {
    TrialHistory.Builder history = new TrialHistory.Builder();
    for (int minute = 1; minute <= 120; minute++) {
      history.add(
          Words.at(
              minute,
              minute < 60 ? 0.1 : 0.5,
              minute < 60 ? 0 : 60,
              Words.delta("net_bps", DeltaRole.GOAL, 0.4, -1.0, 40.0 / minute)));
    }
    return TrialPage.of(history.build(), new TrialHistory.Key("mm-1", Words.TRIAL));
  }
}
