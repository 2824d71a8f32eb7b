// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pages are made of: templates with holes, escaping, and the library that draws plots. */
public final class HtmlPage {
  private static final String CHART = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";
  private static final String LIBRARIES = "/META-INF/resources/webjars/chart.js/";
  private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");
  private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z]+)}}");

  private HtmlPage() {}

  /** Safe as the content of an element and of an attribute. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Safe as the content of a script element: nothing in it can end the element. */
  public static String json(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /** The code of the library that draws plots, without its pointer to a source map. */
  public static String library() {
    Properties about = new Properties();
    try (InputStream in = resource(CHART)) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(CHART, e);
    }
    String code = text(LIBRARIES + about.getProperty("version") + "/dist/chart.umd.min.js");
    return SOURCE_MAP.matcher(code).replaceAll("");
  }

  /** A text on the class path. */
  public static String text(String path) {
    try (InputStream in = resource(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /**
   * Fills the holes, such as {@code {{title}}}, of a template. Each is filled once, in one pass:
   * what is filled in is not looked at again.
   */
  public static String fill(String template, UnaryOperator<String> content) {
    Matcher hole = HOLE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (hole.find()) {
      hole.appendReplacement(filled, Matcher.quoteReplacement(content.apply(hole.group(1))));
    }
    return hole.appendTail(filled).toString();
  }

  private static InputStream resource(String path) {
    InputStream in = HtmlPage.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException(path + " is not on the class path");
    }
    return in;
  }
}
