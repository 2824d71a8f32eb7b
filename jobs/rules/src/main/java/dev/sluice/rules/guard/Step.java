// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.guard;

/**
 * One step of a guard.
 *
 * @param changed true when outcome, phase, action or episode differ from before: worth a verdict
 * @param why what the guard adds to the outcome's reason, empty when it adds nothing
 */
public record Step(GuardState state, boolean changed, String why) {}
