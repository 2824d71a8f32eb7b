// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.sim;

import dev.sluice.schemas.Source;

/** Whose account the venue speaks of, and in which run: the same on every record it publishes. */
public record VenueIdentity(String engineId, String runId, Source source, String account) {}
