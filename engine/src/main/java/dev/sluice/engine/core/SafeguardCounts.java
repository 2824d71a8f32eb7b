// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

/** What the order safeguards have dealt with since the start. Not thread-safe. */
final class SafeguardCounts {
  private long duplicateReports;
  private long quarantinedReports;
  private long lateFills;
  private long hedgeEscalations;

  void duplicateReport() {
    duplicateReports++;
  }

  void quarantinedReport() {
    quarantinedReports++;
  }

  void lateFill() {
    lateFills++;
  }

  void hedgeEscalation() {
    hedgeEscalations++;
  }

  long duplicateReports() {
    return duplicateReports;
  }

  long quarantinedReports() {
    return quarantinedReports;
  }

  long lateFills() {
    return lateFills;
  }

  long hedgeEscalations() {
    return hedgeEscalations;
  }

  void hash(StateHash hash) {
    hash.add(duplicateReports).add(quarantinedReports).add(lateFills).add(hedgeEscalations);
  }
}
