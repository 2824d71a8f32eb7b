// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** How bad a breach is. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL
}
