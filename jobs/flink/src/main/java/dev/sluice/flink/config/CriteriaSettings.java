// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

/** Where the criteria are. */
public record CriteriaSettings(
    @Setting(
            value = "criteria",
            doc = "directory of *.yaml; a relative path is relative to this file's directory")
        String dir,
    @Setting(value = "1m", doc = "event time after which an unchanged verdict is said again")
        long refreshMs) {

  public CriteriaSettings {
    Settings.present("dir", dir);
    Settings.atLeast("refresh (ms)", refreshMs, 1);
  }
}
