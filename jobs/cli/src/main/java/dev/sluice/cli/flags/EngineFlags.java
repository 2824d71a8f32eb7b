// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.flags;

import dev.sluice.schemas.Health;
import dev.sluice.schemas.Source;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The feature flags of one engine as a heartbeat says them.
 *
 * @param eventTimeUs of that heartbeat
 */
public record EngineFlags(
    String engineId,
    String runId,
    String buildId,
    String configHash,
    long eventTimeUs,
    Source source,
    Map<String, Boolean> flags) {
  public EngineFlags {
    flags = Collections.unmodifiableMap(new TreeMap<>(flags));
  }

  /** Of a heartbeat that says its flags. */
  static EngineFlags of(Health health) {
    return new EngineFlags(
        health.engineId(),
        health.runId(),
        health.buildId(),
        health.configHash(),
        health.eventTimeUs(),
        health.source(),
        health.flags());
  }
}
