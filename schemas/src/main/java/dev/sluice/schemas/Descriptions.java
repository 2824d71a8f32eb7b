// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * What the components of records mean, in words: those of a record's own javadoc (kept in {@code
 * descriptions.properties}, which is generated from it), else what the name means in every record
 * (written by hand in {@code glossary.properties}).
 */
public final class Descriptions {
  private static final Properties OF_RECORDS = read("descriptions.properties");
  private static final Properties OF_NAMES = read("glossary.properties");

  private Descriptions() {}

  /** One line; empty where nothing is written. */
  public static String of(RecordComponent component) {
    String name = component.getName();
    return OF_RECORDS.getProperty(
        component.getDeclaringRecord().getSimpleName() + "." + name,
        OF_NAMES.getProperty(name, ""));
  }

  private static Properties read(String file) {
    Properties properties = new Properties();
    try (InputStream in = Descriptions.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
