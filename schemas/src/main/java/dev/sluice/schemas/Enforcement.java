// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas;

/** Whether a criterion acts (ENFORCE), only speaks (SHADOW) or sleeps (OFF). */
public enum Enforcement {
  OFF,
  SHADOW,
  ENFORCE
}
