// SPDX-License-Identifier: Apache-2.0
/**
 * Looks for broken order safeguards in the streams of any engine: states, identities, intents,
 * hedges, clocks. Pure; absences are judged against the words of time.
 */
package dev.sluice.rules.integrity;
