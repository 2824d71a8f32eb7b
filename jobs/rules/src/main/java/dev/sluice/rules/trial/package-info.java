// SPDX-License-Identifier: Apache-2.0
/**
 * Trials: two arms by switchback slots, the statistics of their differences, and the judge that
 * asks for the next stage or for the way back. Start reading at {@link
 * dev.sluice.rules.trial.TrialAnalysis}.
 */
package dev.sluice.rules.trial;
