// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.core;

import dev.sluice.schemas.Arm;

/**
 * The slot of a trial that a symbol is in at one moment.
 *
 * @param number see {@link dev.sluice.schemas.SlotAssignment}
 * @param warmup the moment is one that no arm is judged by
 */
record Slot(Arm arm, long number, boolean warmup) {}
