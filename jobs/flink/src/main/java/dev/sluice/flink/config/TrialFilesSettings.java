// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/** Where the trials are. */
public record TrialFilesSettings(
    @Setting(
            value = "trials",
            doc = "directory of *.yaml, one trial each; a relative path is relative to this file's")
        String dir) {

  public TrialFilesSettings {
    Settings.present("dir", dir);
  }
}
