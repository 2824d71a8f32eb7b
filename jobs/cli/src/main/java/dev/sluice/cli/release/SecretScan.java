// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Looks for text that has the form of a secret. Says where and of which kind, never what: whoever
 * reads the report may not read the secret. The forms are those that their issuers publish.
 */
final class SecretScan {
  private static final int NAMED = 5;
  private static final int CHUNK_CHARS = 20_000;

  /** What two chunks of a long line share, so that no key is parted from its value. */
  private static final int SHARED_CHARS = 2_000;

  /** A value that a chunk cuts off is judged in the next one, unless it is this long. */
  private static final int LONG_VALUE_CHARS = 500;

  private static final Map<String, Pattern> FORMS = forms();

  /** A value that only says where the secret is: a place holder, a path, nothing. */
  private static final Pattern POINTER =
      Pattern.compile(
          "(?i)|null|none|true|false|\\$[({].*|<.*|\\{.*|file:.*|env:.*|\\*+|\\.\\.\\."
              + "|/[\\w.@${}:-]+(?:/[\\w.@${}:-]*)+|/[\\w-]+\\.\\w{1,8}");

  private static final String KEY =
      "[\\w.-]*(?:password|passwd|secret|secret[_.-]?key|token|api[_.-]?key|private[_.-]?key"
          + "|credentials?|jaas\\.config)[\"']?\\s*";

  private static final String VALUE = "\\s*(?:\"([^\"]*)(?:\"|$)|'([^']*)(?:'|$)|([^\\s\"',;#]*))";

  /**
   * A key with its value. A colon in the midst of a sentence gives nothing away, unless what
   * follows is long and has a digit.
   */
  private static final List<Pattern> ASSIGNED =
      List.of(
          Pattern.compile("(?i)(?:^[\\s#-]*|[{,]\\s*|[\"'])" + KEY + ":" + VALUE),
          Pattern.compile("(?i)\\b" + KEY + "=" + VALUE),
          Pattern.compile("(?i)\\b" + KEY + ":(?=\\s*\\S{8})(?=\\s*\\S*\\d)" + VALUE));

  private final List<String> places = new ArrayList<>();
  private int texts;
  private int unread;

  /**
   * Every file below a directory, also within {@code .gz}; those that are no text are not read, and
   * counted.
   */
  void directory(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        file(directory.relativize(file).toString(), file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  private void file(String name, Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      lines(name, reader);
    } catch (ZipException | EOFException e) {
      unread++;
    }
  }

  /** A text that is not yet a file. */
  void text(String name, String text) {
    try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
      lines(name, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** How many texts were looked at. */
  int texts() {
    return texts;
  }

  /** How many places look like a secret. */
  int found() {
    return places.size();
  }

  /** The first places: file, line, and kind. */
  String named() {
    return String.join(", ", places.subList(0, Math.min(NAMED, places.size())))
        + (places.size() > NAMED ? ", and " + (places.size() - NAMED) + " more" : "");
  }

  /** What a reader of the report should know. */
  String note() {
    return (texts == 0 ? "there is no text to look through" : named())
        + (unread == 0
            ? ""
            : (texts == 0 || found() > 0 ? "; " : "")
                + unread
                + (unread == 1 ? " file is no text and was" : " files are no text and were")
                + " not read");
  }

  private void lines(String name, BufferedReader reader) throws IOException {
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (line.indexOf('\0') >= 0) {
        unread++;
        return;
      }
      String kind = kind(line);
      if (kind != null) {
        places.add(name + ":" + number + " (" + kind + ")");
      }
    }
    texts++;
  }

  /** What a line gives away; null for nothing. */
  static String kind(String line) {
    for (int from = 0; ; from += CHUNK_CHARS - SHARED_CHARS) {
      boolean last = from + CHUNK_CHARS >= line.length();
      String kind =
          kind(last ? line.substring(from) : line.substring(from, from + CHUNK_CHARS), last);
      if (kind != null || last) {
        return kind;
      }
    }
  }

  private static String kind(String line, boolean last) {
    for (Map.Entry<String, Pattern> form : FORMS.entrySet()) {
      if (form.getValue().matcher(line).find()) {
        return form.getKey();
      }
    }
    for (Pattern pattern : ASSIGNED) {
      Matcher assigned = pattern.matcher(line);
      while (assigned.find()) {
        String value = value(assigned);
        boolean cut = !last && assigned.end() == line.length() && value.length() < LONG_VALUE_CHARS;
        if (!cut && !POINTER.matcher(value).matches()) {
          return "a password, token or key in plain text";
        }
      }
    }
    return null;
  }

  private static String value(Matcher assigned) {
    for (int group = 1; group < assigned.groupCount(); group++) {
      if (assigned.group(group) != null) {
        return assigned.group(group);
      }
    }
    return assigned.group(assigned.groupCount());
  }

  private static Map<String, Pattern> forms() {
    Map<String, Pattern> forms = new LinkedHashMap<>();
    forms.put("a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----"));
    forms.put("an AWS access key", Pattern.compile("\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b"));
    forms.put(
        "a GitHub token",
        Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})\\b"));
    forms.put("a GitLab token", Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20,}\\b"));
    forms.put("a Slack token", Pattern.compile("\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"));
    forms.put(
        "a Slack webhook",
        Pattern.compile("hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,}"));
    forms.put("a Google API key", Pattern.compile("\\bAIza[A-Za-z0-9_-]{35}\\b"));
    forms.put("a Stripe key", Pattern.compile("\\b[rs]k_live_[A-Za-z0-9]{16,}\\b"));
    forms.put(
        "a JSON web token",
        Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}"));
    forms.put(
        "a password in a URL", Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s:/@${}]+:[^\\s:/@${}]+@"));
    return forms;
  }
}
