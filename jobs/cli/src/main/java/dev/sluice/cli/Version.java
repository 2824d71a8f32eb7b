// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** What {@code sluice --version} prints: our version and those of what it stands on. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "sluice " + own(),
      "Flink "
          + EnvironmentInformation.getVersion()
          + ", Kafka "
          + AppInfoParser.getVersion()
          + ", Java "
          + Runtime.version()
    };
  }

  /** The version of Sluice itself. */
  public static String own() {
    try (InputStream in = Version.class.getResourceAsStream("/dev/sluice/cli/version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException("version.properties is not on the class path", e);
    }
  }
}
