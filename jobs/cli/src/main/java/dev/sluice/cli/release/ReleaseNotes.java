// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import java.util.List;

/** Notes of a release in Markdown: what changed, and what it was released on. */
final class ReleaseNotes {
  private ReleaseNotes() {}

  /**
   * The notes.
   *
   * @param commit null where there is no checkout
   * @param lastTag null for the first release
   * @param log one line per commit since that tag
   */
  static String of(
      String version,
      GateRunReport report,
      String bundleId,
      String commit,
      String lastTag,
      List<String> log) {
    StringBuilder text = new StringBuilder();
    text.append("# ")
        .append(version)
        .append(report.rehearsal() ? " (rehearsal)" : "")
        .append("\n\n");
    text.append(GateText.verdict(report)).append("\n\n");
    text.append("- bundle: ").append(bundleId).append('\n');
    text.append("- commit: ").append(commit == null ? "no checkout" : commit).append("\n\n");
    text.append("## Changes").append(lastTag == null ? "" : " since " + lastTag).append("\n\n");
    if (log.isEmpty()) {
      text.append(commit == null ? "No git checkout: not known.\n" : "None.\n");
    }
    log.forEach(line -> text.append("- ").append(line.replace("<", "&lt;")).append('\n'));
    text.append("\n## Gates\n\n");
    text.append(GateText.markdown(report).replaceFirst("^# .*\\R+", ""));
    return text.toString();
  }
}
