// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.replay;

import dev.sluice.schemas.Mode;

/**
 * One change of mode that the gate would have decided.
 *
 * @param atUs event time
 * @param decisionId as in production, where the criteria are the same
 * @param because the criterion, or who asked for it and why
 * @param byPerson true where a person asked for it
 */
public record Decided(
    String engineId, long atUs, Mode mode, String decisionId, String because, boolean byPerson) {}
