// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One setting: its default, written as it would be in YAML, and a line about it. A component
 * without this annotation is a section (a record of settings).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** The default as YAML. */
  String value();

  /** One line: what it does, and the unit where the name does not say it. */
  String doc();
}
