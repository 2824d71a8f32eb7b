// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.io.parquet.read;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The column a component is read from, where its name does not follow from the component's. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface NamedColumn {
  /** The column, whole. */
  String value();
}
