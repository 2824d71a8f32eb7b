// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.rules.release.GateResult;
import dev.sluice.rules.release.Reading;
import dev.sluice.rules.release.ReleaseGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Judged gates as the report has them. */
final class GateLines {
  private GateLines() {}

  /**
   * One per gate, in their order.
   *
   * @param evidenceSha256 of the file with its evidence, by gate
   */
  static List<GateRunReport.Gate> of(
      Stage stage, List<GateResult> results, Map<String, String> evidenceSha256) {
    List<GateRunReport.Gate> lines = new ArrayList<>();
    for (int g = 0; g < results.size(); g++) {
      GateResult result = results.get(g);
      lines.add(
          line(stage.entries().get(g).file(), result, evidenceSha256.get(result.gate().id())));
    }
    return lines;
  }

  private static GateRunReport.Gate line(String file, GateResult result, String sha256) {
    ReleaseGate gate = result.gate();
    Reading reading = result.reading();
    return new GateRunReport.Gate(
        gate.id(),
        file,
        gate.description(),
        result.outcome(),
        result.open(),
        gate.hard(),
        reading.value(),
        gate.unit(),
        gate.pass().toString(),
        reading.samples(),
        gate.minSamples(),
        reading.asOfUs(),
        result.ageMs(),
        gate.maxAgeMs(),
        gate.windowMs(),
        reading.weakest(),
        result.reason(),
        gate.mend(),
        result.waiver(),
        sha256);
  }
}
