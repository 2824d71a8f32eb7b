// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io;

import java.io.IOException;
import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * Flink's file systems that are plugins, such as {@code s3://}, for a process that Flink has not
 * started. They lie below {@code FLINK_PLUGINS_DIR} and are set by {@code config.yaml} in {@code
 * FLINK_CONF_DIR}, where there is one; credentials come from there or from the environment.
 */
public final class FilePlugins {
  private FilePlugins() {}

  /**
   * Loads them when nothing that is loaded reads the location; on a cluster Flink has done so. Any
   * thread.
   *
   * @throws IOException when the file system of the location is there, and cannot be set up
   */
  public static synchronized void loadFor(URI location) throws IOException {
    try {
      FileSystem.get(location);
    } catch (UnsupportedFileSystemSchemeException e) {
      Configuration configuration =
          System.getenv("FLINK_CONF_DIR") == null
              ? new Configuration()
              : GlobalConfiguration.loadConfiguration();
      FileSystem.initialize(
          configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
    }
  }
}
