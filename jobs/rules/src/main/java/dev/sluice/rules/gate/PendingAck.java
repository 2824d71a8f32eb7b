// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.gate;

/**
 * The answer the gate is waiting for.
 *
 * @param decisionId decision that was issued
 * @param received true once the engine said RECEIVED
 * @param sinceUs wall clock at which the present wait began: issue, then receipt
 * @param overdue true once this wait has been judged too long, so that it is judged once
 */
public record PendingAck(String decisionId, boolean received, long sinceUs, boolean overdue) {}
