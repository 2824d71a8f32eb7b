// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.Home;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the rules and the dashboard of config/prometheus ask for, against what is exported. */
public final class PrometheusFiles {
  private static final Pattern NAME =
      Pattern.compile("\\b(?:sluice_|flink_|alertmanager_)[a-zA-Z_]+\\b");

  private PrometheusFiles() {}

  /** The directory. */
  static Path directory() {
    return Home.find().resolve("config").resolve("prometheus");
  }

  /** Names of series with this prefix in expressions of rules and dashboard. */
  public static Set<String> names(String prefix) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions()) {
      NAME.matcher(expression)
          .results()
          .map(found -> found.group())
          .filter(name -> name.startsWith(prefix))
          .forEach(names::add);
    }
    assertThat(names).as("names with " + prefix).isNotEmpty();
    return names;
  }

  /** Names with this prefix that a scrape does not show. */
  public static Set<String> missing(String prefix, String scraped) throws IOException {
    Set<String> missing = names(prefix);
    missing.removeIf(
        name -> scraped.lines().anyMatch(line -> line.matches(Pattern.quote(name) + "[{ ].*")));
    return missing;
  }

  /** The text of one scrape. */
  public static String scrape(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  private static List<String> expressions() throws IOException {
    List<String> expressions = new ArrayList<>();
    Path rules = directory().resolve("rules.yml");
    YamlNode root = YamlNode.parse(rules.toString(), Files.readString(rules));
    for (YamlNode group : root.map("root").get("groups").items()) {
      for (YamlNode rule : group.map("group").get("rules").items()) {
        expressions.add(rule.map("rule").get("expr").text("expr"));
      }
    }
    JsonNode dashboard = Json.mapper().readTree(directory().resolve("dashboard.json").toFile());
    dashboard.findValuesAsText("expr").forEach(expressions::add);
    dashboard.path("templating").findValuesAsText("query").forEach(expressions::add);
    return expressions;
  }
}
