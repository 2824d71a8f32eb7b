// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.baseline;

/**
 * What figures were measured on, as far as it bears on them. It names no machine.
 *
 * @param cpu model as the processor says it
 * @param memoryGb whole gigabytes of main memory, rounded
 */
public record Host(String cpu, int cores, long memoryGb, String jdk) {
  @Override
  public String toString() {
    return cpu + ", " + cores + " cores, " + memoryGb + " GB, JDK " + jdk;
  }
}
