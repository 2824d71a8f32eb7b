// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.trial;

import static dev.sluice.cli.trial.Words.START_US;
import static dev.sluice.cli.trial.Words.TRIAL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.DeltaRole;
import dev.sluice.schemas.TrialStatus;
import dev.sluice.schemas.codec.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of a trial: whole in itself, safe against what it shows, and true to the words. */
class TrialPageTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");
  private static final TrialHistory.Key KEY = new TrialHistory.Key("mm-1", TRIAL);
  private static final String EVIL = "</script><script>alert('x')</script> \"&\" <b>";

  @Test
  void holdsEverythingItNeedsAndMayFetchNothing() {
    String page = page(Words.at(1, 0.1, 0));
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("Content-Security-Policy", "default-src 'none'", "Chart.js v", "new Chart(canvas")
        .doesNotContain("sourceMappingURL", "{{", "src=\"", "<link", "@import");
  }

  @Test
  void escapesWhateverItShows() {
    String page =
        page(
            Words.at(1, 0.1, 0, EVIL, Words.delta(EVIL, DeltaRole.GOAL, 0.4, -1.0, 2.0)),
            Words.at(2, 0.1, 0, EVIL, Words.delta(EVIL, DeltaRole.GOAL, 0.4, -1.0, 2.0)));
    assertThat(page).doesNotContain("<script>alert", "<b>");
    assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assertThat(data(page).path("plots").get(0).path("metric").asText()).isEqualTo(EVIL);
  }

  @Test
  void showsTheLastWordOfEveryDifferenceAndOfEveryStage() {
    String page =
        page(
            Words.at(10, 0.1, 0, "needs more covered time"),
            Words.at(20, 0.1, 0, "everything is met"),
            Words.at(
                30, 0.5, 21, "B is ahead", Words.delta("net_bps", DeltaRole.GOAL, 0.41, 0.1, 0.7)));
    assertThat(page)
        .contains("<td>10 %</td><td>2026-01-05 00:00:00</td><td>2026-01-05 00:20:00</td>")
        .contains("<td>50 %</td>", "everything is met", "B is ahead", "net_bps says why")
        .contains("<td>0.41</td><td>[0.1, 0.7]</td>")
        .doesNotContain("needs more covered time");
  }

  @Test
  void plotsTheGoalAndTheGuardrailsWithTheirIntervalsAndTheStages() {
    JsonNode data =
        data(
            page(
                Words.at(
                    1,
                    0.1,
                    0,
                    Words.delta("slippage_bps", DeltaRole.GUARDRAIL, 0.0, null, null),
                    Words.delta("net_bps", DeltaRole.GOAL, 0.41, -1.0, 2.0),
                    Words.delta("capture_bps", DeltaRole.SIGNAL, 0.1, -1.0, 2.0)),
                Words.at(9, 0.5, 5, Words.delta("net_bps", DeltaRole.GOAL, 0.3, 0.1, 0.5))));
    assertThat(data.path("stages"))
        .extracting(stage -> stage.path("label").asText() + "@" + stage.path("t").asLong())
        .containsExactly("10@" + START_US / 1000, "50@" + (START_US + 5 * Words.MINUTE_US) / 1000);
    JsonNode net = data.path("plots").get(0);
    assertThat(net.path("metric").asText()).isEqualTo("net_bps");
    assertThat(net.path("estimate").toString()).isEqualTo("[0.41,null,0.3]");
    assertThat(net.path("lower").toString()).isEqualTo("[-1,null,0.1]");
    assertThat(net.path("upper").toString()).isEqualTo("[2,null,0.5]");
    assertThat(data.path("plots").get(1).path("metric").asText()).isEqualTo("slippage_bps");
    assertThat(data.path("plots")).hasSize(2);
  }

  @Test
  void thinsOutALongTrialButKeepsItsEnd() {
    TrialHistory.Builder history = new TrialHistory.Builder();
    for (int minute = 1; minute <= 10_080; minute++) {
      history.add(Words.at(minute, 0.1, 0, Words.delta("net_bps", DeltaRole.GOAL, 0.4, -1.0, 2.0)));
    }
    JsonNode times = data(TrialPage.of(history.build(), KEY)).path("plots").get(0).path("t");
    assertThat(times.size()).isBetween(1_000, 2_100);
    assertThat(times.get(times.size() - 1).asLong())
        .isEqualTo((START_US + 10_080 * Words.MINUTE_US) / 1000);
  }

  private static String page(TrialStatus... words) {
    TrialHistory.Builder history = new TrialHistory.Builder();
    for (TrialStatus word : words) {
      history.add(word);
    }
    return TrialPage.of(history.build(), KEY);
  }

  private static JsonNode data(String page) {
    Matcher data = DATA.matcher(page);
    assertThat(data.find()).isTrue();
    try {
      return Json.mapper().readTree(data.group(1));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
