// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import picocli.CommandLine.Option;

/** {@code --output text|json}: JSON is one document on standard output and nothing beside it. */
final class OutputOption {
  /** Forms of a result. */
  enum Form {
    TEXT,
    JSON
  }

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "text (default), or json: one document on standard output, progress on standard error")
  private Form form;

  boolean json() {
    return form == Form.JSON;
  }
}
