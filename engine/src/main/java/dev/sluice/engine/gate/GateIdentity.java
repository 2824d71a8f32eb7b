// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

import dev.sluice.schemas.Source;

/** Who acknowledges. */
public record GateIdentity(String engineId, String runId, Source source) {}
