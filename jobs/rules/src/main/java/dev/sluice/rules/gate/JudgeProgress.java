// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

/**
 * How far one judge has come with one engine.
 *
 * @param judge its name, one of {@link GatePolicy#JUDGES}
 * @param watermarkUs it has judged everything before this event time
 * @param wallUs wall clock at which that last advanced
 */
public record JudgeProgress(String judge, long watermarkUs, long wallUs) {}
